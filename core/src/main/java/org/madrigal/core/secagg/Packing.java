package org.madrigal.core.secagg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;

/**
 * The bit string of a vector over a ring of w bits.
 *
 * <pre>
 * bit k of element i is bit (i * w + k) of the string
 * bit j of the string is bit (j mod 8) of byte (j div 8), counted from the lowest
 * the string ends with the byte that holds its last bit; bits beyond are zero
 * </pre>
 *
 * <p>So 8, 16, 24 and 32 bits are little-endian integers one after the other.
 */
final class Packing {

  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

  private Packing() {}

  /** Packs reduced words. */
  static Bytes pack(Ring ring, int[] words) {
    byte[] packed = new byte[ring.packedLength(words.length)];
    MemorySegment target = MemorySegment.ofArray(packed);
    switch (ring.bits()) {
      case 32 -> packWords(words, target);
      case 16 -> packHalves(words, target);
      case 8 -> packBytes(words, packed);
      default -> packBits(ring.bits(), words, packed);
    }
    return Bytes.takeOver(packed);
  }

  /** Whether these can be the bytes of {@code length} elements. */
  static boolean fits(Ring ring, Bytes packed, int length) {
    return packed.length() == ring.packedLength(length) && unusedBitsAreZero(ring, packed, length);
  }

  /** Unpacks into reduced words; empty for another length or unused bits that are not zero. */
  static Optional<int[]> unpack(Ring ring, Bytes packed, int length) {
    if (!fits(ring, packed, length)) {
      return Optional.empty();
    }
    int[] words = new int[length];
    MemorySegment source = MemorySegment.ofBuffer(packed.asReadOnlyBuffer());
    switch (ring.bits()) {
      case 32 -> unpackWords(source, words);
      case 16 -> unpackHalves(source, words);
      case 8 -> unpackBytes(source, words);
      default -> unpackBits(ring, source, words);
    }
    return Optional.of(words);
  }

  /** The bytes with zeros for the bits behind the last element. */
  static Bytes withoutRest(Ring ring, Bytes packed, int length) {
    if (unusedBitsAreZero(ring, packed, length)) {
      return packed;
    }
    int used = (int) ((long) length * ring.bits() % 8);
    byte[] cleared = packed.toByteArray();
    cleared[cleared.length - 1] &= (byte) ((1 << used) - 1);
    return Bytes.takeOver(cleared);
  }

  private static boolean unusedBitsAreZero(Ring ring, Bytes packed, int length) {
    int used = (int) ((long) length * ring.bits() % 8);
    return used == 0 || Byte.toUnsignedInt(packed.at(packed.length() - 1)) >>> used == 0;
  }

  private static void packWords(int[] words, MemorySegment target) {
    for (int i = 0; i < words.length; i++) {
      target.set(WORD, 4L * i, words[i]);
    }
  }

  private static void packHalves(int[] words, MemorySegment target) {
    for (int i = 0; i < words.length; i++) {
      target.set(HALF, 2L * i, (short) words[i]);
    }
  }

  private static void packBytes(int[] words, byte[] target) {
    for (int i = 0; i < words.length; i++) {
      target[i] = (byte) words[i];
    }
  }

  /** Collects bits in a long, of which at most 31 wait for a whole word. */
  private static void packBits(int bits, int[] words, byte[] packed) {
    MemorySegment target = MemorySegment.ofArray(packed);
    long waiting = 0;
    int count = 0;
    int at = 0;
    for (int word : words) {
      waiting |= Integer.toUnsignedLong(word) << count;
      count += bits;
      if (count >= Integer.SIZE) {
        target.set(WORD, at, (int) waiting);
        waiting >>>= Integer.SIZE;
        count -= Integer.SIZE;
        at += Integer.BYTES;
      }
    }
    for (; count > 0; count -= Byte.SIZE, waiting >>>= Byte.SIZE) {
      packed[at++] = (byte) waiting;
    }
  }

  private static void unpackWords(MemorySegment source, int[] words) {
    for (int i = 0; i < words.length; i++) {
      words[i] = source.get(WORD, 4L * i);
    }
  }

  private static void unpackHalves(MemorySegment source, int[] words) {
    for (int i = 0; i < words.length; i++) {
      words[i] = Short.toUnsignedInt(source.get(HALF, 2L * i));
    }
  }

  private static void unpackBytes(MemorySegment source, int[] words) {
    for (int i = 0; i < words.length; i++) {
      words[i] = Byte.toUnsignedInt(source.get(BYTE, i));
    }
  }

  /** Each element lies within eight bytes; the last few are read through a copy with room. */
  private static void unpackBits(Ring ring, MemorySegment source, int[] words) {
    int bits = ring.bits();
    int mask = ring.reduce(-1);
    long readable = source.byteSize() - Long.BYTES;
    int fast = readable < 0 ? 0 : (int) Math.min(words.length, readable * Byte.SIZE / bits);
    unpackWithin(source, words, fast, bits, mask);
    long from = (long) fast * bits / Byte.SIZE;
    byte[] rest = new byte[(int) (source.byteSize() - from) + Long.BYTES];
    MemorySegment.copy(source, from, MemorySegment.ofArray(rest), 0, source.byteSize() - from);
    MemorySegment tail = MemorySegment.ofArray(rest);
    for (int i = fast; i < words.length; i++) {
      long bit = (long) i * bits - from * Byte.SIZE;
      words[i] = (int) (tail.get(LONG, bit >>> 3) >>> (bit & 7)) & mask;
    }
  }

  private static void unpackWithin(
      MemorySegment source, int[] words, int count, int bits, int mask) {
    for (int i = 0; i < count; i++) {
      long bit = (long) i * bits;
      words[i] = (int) (source.get(LONG, bit >>> 3) >>> (bit & 7)) & mask;
    }
  }
}
