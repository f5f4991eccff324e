package org.madrigal.core.secagg;

import java.util.List;
import java.util.OptionalInt;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Mask;
import org.madrigal.core.crypto.Masks;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.crypto.Secret;

/**
 * How real numbers become integers of a ring in which no honest sum can wrap around.
 *
 * <p>A number x is clipped to [-B, B], divided by the step B / 2^(bits-1) and rounded to an integer
 * of at most L = 2^(bits-1) in absolute value. With weights of sum W, all honest sums are at most W
 * * L. The ring has w = bits + ceil(log2 W) + 6 bits, so W * L &lt;= 2^(w-7): the sum uses at most
 * a 64th of each half of the ring, and what lies outside proves that somebody sent garbage. A
 * uniform mask left in the sum is found at each element with a probability of at least 63/64.
 *
 * <p>Errors, for |x| &lt;= B and one member of weight 1: rounding to nearest moves x by at most
 * half a step; stochastic rounding by less than a step, with a mean of zero (up to 2^-32 steps, the
 * granularity of its random words) and a variance of at most a quarter of a step squared. The sum's
 * error is at most the weighted sum of these. Dividing by the step and multiplying with it is exact
 * in double arithmetic where B is a power of two, else each costs a relative 2^-53.
 *
 * @param bits of one value, with its sign: 8 to 26
 * @param bound B, positive
 * @param totalWeight W: the number of members, or the sum of their weights
 */
public record FixedPoint(int bits, double bound, long totalWeight) {

  /** The fewest bits of a value. */
  public static final int MIN_BITS = 8;

  /** Bits of the ring that stay empty, beside the sign's: 2^-6 of the ring holds honest sums. */
  static final int GUARD_BITS = 6;

  /** Refuses what no ring of 32 bits holds. */
  public FixedPoint {
    if (!(bound > 0) || !(bound <= Float.MAX_VALUE) || bound < Float.MIN_NORMAL) {
      throw new IllegalArgumentException(
          "The bound of values is a positive float, not %s".formatted(bound));
    }
    if (totalWeight < 1) {
      throw new IllegalArgumentException(
          "The sum of weights is 1 or more, not %d".formatted(totalWeight));
    }
    int most = Ring.MAX_BITS - GUARD_BITS - bitsOf(totalWeight);
    if (bits < MIN_BITS || bits > most) {
      throw new IllegalArgumentException(
          "Values of %d bits do not fit: weights of sum %d leave room for %d to %d bits"
              .formatted(bits, totalWeight, MIN_BITS, most));
    }
  }

  /**
   * The finest fixed point that a ring of 32 bits has room for.
   *
   * @throws IllegalArgumentException if the weights leave room for fewer than 8 bits
   */
  public static FixedPoint widest(double bound, long totalWeight) {
    return new FixedPoint(
        Ring.MAX_BITS - GUARD_BITS - bitsOf(Math.max(1, totalWeight)), bound, totalWeight);
  }

  /** ceil(log2 n) for n >= 1. */
  private static int bitsOf(long n) {
    return Long.SIZE - Long.numberOfLeadingZeros(n - 1);
  }

  /** The ring in which sums are formed. */
  public Ring ring() {
    return new Ring(bits + bitsOf(totalWeight) + GUARD_BITS);
  }

  /** L: the largest absolute integer of one value. */
  public long limit() {
    return 1L << (bits - 1);
  }

  /** What one integer stands for. */
  public double step() {
    return StrictMath.scalb(bound, 1 - bits);
  }

  /** The first index at which the little-endian float32 numbers are NaN or infinite, if any. */
  public static OptionalInt firstNotFinite(Bytes numbers) {
    int length = numbers.length() / Float.BYTES;
    for (int i = 0; i < length; i++) {
      if (!Float.isFinite(numbers.floatAt(i))) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Encodes little-endian float32 numbers times a weight: clipped, rounded to nearest, ties to
   * even.
   *
   * @throws IllegalArgumentException if a number is not finite, the bytes are no whole number of
   *     floats, or the weight is not 1 to {@link #totalWeight}
   */
  public RingVector encode(Bytes numbers, int weight) {
    check(numbers, weight);
    int[] words = new int[numbers.length() / Float.BYTES];
    double step = step();
    for (int i = 0; i < words.length; i++) {
      words[i] = (int) Math.rint(clip(numbers.floatAt(i)) / step) * weight;
    }
    return RingVector.takeOver(ring(), words);
  }

  /**
   * Encodes as {@link #encode}, but rounds up with the probability of the fraction. The random
   * words are the mask of {@code seed}, which serves once, and of {@code slot}.
   */
  public RingVector encodeStochastically(Bytes numbers, int weight, Secret seed, SlotId slot) {
    check(numbers, weight);
    int[] words = new int[numbers.length() / Float.BYTES];
    Purpose purpose = slot.purpose("rounding");
    new Masks().apply(words, List.of(new Mask(seed, purpose, Mask.Sign.ADD)));
    double step = step();
    for (int i = 0; i < words.length; i++) {
      long fraction = (long) Math.floor(clip(numbers.floatAt(i)) / step * 0x1p32);
      words[i] = (int) ((fraction + Integer.toUnsignedLong(words[i])) >> Integer.SIZE) * weight;
    }
    return RingVector.takeOver(ring(), words);
  }

  private double clip(float number) {
    return Math.max(-bound, Math.min(bound, number));
  }

  private void check(Bytes numbers, int weight) {
    if (numbers.length() % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "%d bytes are no whole number of float32".formatted(numbers.length()));
    }
    if (weight < 1 || weight > totalWeight) {
      throw new IllegalArgumentException(
          "A weight is 1 to the sum of all, %d, not %d".formatted(totalWeight, weight));
    }
    firstNotFinite(numbers)
        .ifPresent(index -> {
          throw new IllegalArgumentException(
              "The number at %d is not finite and cannot be encoded".formatted(index));
        });
  }

  /**
   * Decodes elements {@code from} (inclusive) to {@code to} (exclusive) of an opened sum.
   *
   * @param weight the sum of the weights of those whose values are in the sum
   */
  public Decoded decode(RingVector sum, int from, int to, long weight) {
    if (!sum.ring().equals(ring())) {
      throw new IllegalArgumentException(
          "Expected a sum in %s, not %s".formatted(ring(), sum.ring()));
    }
    if (weight < 1 || weight > totalWeight) {
      throw new IllegalArgumentException(
          "A sum has a weight of 1 to %d, not %d".formatted(totalWeight, weight));
    }
    long most = weight * limit();
    for (int i = from; i < to; i++) {
      if (Math.abs((long) sum.signedAt(i)) > most) {
        return new Decoded.OutOfRange(i, sum.signedAt(i), most);
      }
    }
    return new Decoded.Sum(sum.slice(from, to), this, weight);
  }
}
