package org.madrigal.core.secagg;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;

/** An immutable vector over a {@link Ring}. Its array never escapes; equality is by content. */
public final class RingVector {

  private final Ring ring;
  private final int[] words;

  /** Every word is reduced; the array is taken over. */
  private RingVector(Ring ring, int[] words) {
    this.ring = ring;
    this.words = words;
  }

  /** Takes {@code words} over and reduces them in place. */
  static RingVector takeOver(Ring ring, int[] words) {
    for (int i = 0; i < words.length; i++) {
      words[i] = ring.reduce(words[i]);
    }
    return new RingVector(ring, words);
  }

  /** The vector of zeros. */
  public static RingVector zero(Ring ring, int length) {
    return new RingVector(ring, new int[length]);
  }

  /** The vector of these integers, each reduced into the ring. */
  public static RingVector of(Ring ring, long... integers) {
    int[] words = new int[integers.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = (int) integers[i];
    }
    return takeOver(ring, words);
  }

  /**
   * The parts, one after the other.
   *
   * @throws IllegalArgumentException if there is none or they are of several rings
   */
  public static RingVector join(List<RingVector> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("There is nothing to join");
    }
    Ring ring = parts.getFirst().ring;
    int[] words = new int[parts.stream().mapToInt(RingVector::length).sum()];
    int at = 0;
    for (RingVector part : parts) {
      if (!part.ring.equals(ring)) {
        throw new IllegalArgumentException(
            "A vector of %s cannot be joined to one of %s".formatted(part.ring, ring));
      }
      System.arraycopy(part.words, 0, words, at, part.words.length);
      at += part.words.length;
    }
    return new RingVector(ring, words);
  }

  /**
   * Reads what {@link #pack} wrote. Empty unless {@code packed} has exactly the bytes of {@code
   * length} elements and its unused bits are zero.
   */
  public static Optional<RingVector> unpack(Ring ring, Bytes packed, int length) {
    return Packing.unpack(ring, packed, length).map(words -> new RingVector(ring, words));
  }

  /** Whether {@link #unpack} finds {@code length} elements in {@code packed}. */
  public static boolean isPacked(Ring ring, Bytes packed, int length) {
    return Packing.fits(ring, packed, length);
  }

  /**
   * The same bytes with zeros for the bits behind the last element, so that whatever has the right
   * length is packed.
   */
  public static Bytes withoutRest(Ring ring, Bytes packed, int length) {
    return Packing.withoutRest(ring, packed, length);
  }

  /**
   * The sum of a vector and of others that are packed, in the memory of two vectors.
   *
   * @throws IllegalArgumentException if one is not packed as {@link #isPacked} says
   */
  public RingVector plusPacked(List<Bytes> others) {
    int[] sum = words.clone();
    for (Bytes packed : others) {
      unpack(ring, packed, words.length)
          .orElseThrow(() -> new IllegalArgumentException("A vector is packed in another way"))
          .addTo(sum, ring);
    }
    return takeOver(ring, sum);
  }

  /** The elements as bit string: see {@link Packing} for its layout. */
  public Bytes pack() {
    return Packing.pack(ring, words);
  }

  /** The ring of the elements. */
  public Ring ring() {
    return ring;
  }

  /** The number of elements. */
  public int length() {
    return words.length;
  }

  /** The element at {@code index} as the integer 0 .. 2^bits - 1. */
  public long at(int index) {
    return Integer.toUnsignedLong(words[index]);
  }

  /** The element at {@code index} as the integer -2^(bits-1) .. 2^(bits-1) - 1. */
  public int signedAt(int index) {
    return ring.centre(words[index]);
  }

  /** A copy of elements {@code from} (inclusive) to {@code to} (exclusive). */
  public RingVector slice(int from, int to) {
    return new RingVector(ring, Arrays.copyOfRange(words, from, to));
  }

  /** The sum, element by element. */
  public RingVector plus(RingVector other) {
    int[] sum = words.clone();
    other.addTo(sum, ring);
    return takeOver(ring, sum);
  }

  /** The difference, element by element. */
  public RingVector minus(RingVector other) {
    requireLike(other);
    int[] difference = words.clone();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= other.words[i];
    }
    return takeOver(ring, difference);
  }

  /** Adds this to an accumulator of the ring, modulo 2^32. */
  void addTo(int[] accumulator, Ring expected) {
    requireLike(expected, accumulator.length);
    for (int i = 0; i < accumulator.length; i++) {
      accumulator[i] += words[i];
    }
  }

  /** A copy of the elements, for an accumulator. */
  int[] copyOfWords() {
    return words.clone();
  }

  private void requireLike(RingVector other) {
    other.requireLike(ring, words.length);
  }

  private void requireLike(Ring expected, int length) {
    if (!ring.equals(expected) || words.length != length) {
      throw new IllegalArgumentException(
          "Expected %d elements of %d bits, not %d of %d"
              .formatted(length, expected.bits(), words.length, ring.bits()));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RingVector that
        && ring.equals(that.ring)
        && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  /** Names the size only: an encoded update is a secret. */
  @Override
  public String toString() {
    return "RingVector[%d elements of %d bits]".formatted(words.length, ring.bits());
  }
}
