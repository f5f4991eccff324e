package org.madrigal.core.secagg;

/**
 * How a bounded real number, such as a loss or an accuracy, rides beside the model: its place
 * between {@code low} and {@code high} as a count. One number is off by at most half of (high -
 * low) / (2^valueBits - 1), beside the rounding of doubles.
 *
 * @param low the smallest number; smaller ones are clipped to it
 * @param high the largest number; larger ones are clipped to it
 * @param digits of the count
 */
public record BoundedReal(double low, double high, Digits digits) {

  /** Refuses an empty or infinite range. */
  public BoundedReal {
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "A range goes from a number to a larger one, not from %s to %s".formatted(low, high));
    }
  }

  /**
   * The digits of a number.
   *
   * @throws IllegalArgumentException if it is NaN
   */
  public RingVector encode(double number) {
    if (Double.isNaN(number)) {
      throw new IllegalArgumentException("NaN has no place between %s and %s".formatted(low, high));
    }
    double clipped = Math.max(low, Math.min(high, number));
    return digits.encode((long) Math.rint((clipped - low) / (high - low) * digits.largest()));
  }

  /** The sum of the numbers of {@code members} members, all of which have sent one. */
  public RealTotal decode(RingVector sum, int at, int members) {
    return switch (digits.decode(sum, at, members)) {
      case CountTotal.Of(long total) ->
          new RealTotal.Of(members * low + (double) total / digits.largest() * (high - low));
      case CountTotal.Discarded(int index, long value, long limit) ->
          new RealTotal.Discarded(index, value, limit);
    };
  }
}
