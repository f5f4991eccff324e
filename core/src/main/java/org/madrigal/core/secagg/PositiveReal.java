package org.madrigal.core.secagg;

import java.util.List;

/**
 * How a non-negative real number rides beside the model where a large range must not cost
 * precision: its whole part and its fraction as two counts. One number is off by at most
 * 2^-(fractionBits + 1), beside the rounding of doubles, and sums of them add nothing to that.
 *
 * @param whole the count of whole ones: numbers are below 2^valueBits, and larger ones are clipped
 * @param fraction the count of parts of 2^-valueBits each
 */
public record PositiveReal(Digits whole, Digits fraction) {

  private static final int MAX_BITS = 62;

  /** Refuses what is no long in all. */
  public PositiveReal {
    if (whole.valueBits() + fraction.valueBits() > MAX_BITS) {
      throw new IllegalArgumentException(
          "A number has at most %d bits, not %d and %d"
              .formatted(MAX_BITS, whole.valueBits(), fraction.valueBits()));
    }
  }

  /** Numbers of so many bits before and after the point. */
  public static PositiveReal of(FixedPoint scale, int wholeBits, int fractionBits) {
    return new PositiveReal(new Digits(scale, wholeBits), new Digits(scale, fractionBits));
  }

  /** The number of elements that a number takes. */
  public int length() {
    return whole.length() + fraction.length();
  }

  /** How far one number may be off. */
  public double error() {
    return StrictMath.scalb(0.5, -fraction.valueBits());
  }

  /**
   * The digits of a number, the whole part first.
   *
   * @throws IllegalArgumentException if it is negative or NaN
   */
  public RingVector encode(double number) {
    if (!(number >= 0)) {
      throw new IllegalArgumentException("%s is not 0 or more".formatted(number));
    }
    int bits = fraction.valueBits();
    long most = (1L << (whole.valueBits() + bits)) - 1;
    long scaled = Math.min((long) Math.rint(StrictMath.scalb(number, bits)), most);
    return RingVector.join(
        List.of(whole.encode(scaled >> bits), fraction.encode(scaled & fraction.largest())));
  }

  /** The sum of the numbers of {@code members} members, all of which have sent one. */
  public RealTotal decode(RingVector sum, int at, int members) {
    return switch (whole.decode(sum, at, members)) {
      case CountTotal.Discarded(int index, long value, long limit) ->
          new RealTotal.Discarded(index, value, limit);
      case CountTotal.Of(long ones) ->
          switch (fraction.decode(sum, at + whole.length(), members)) {
            case CountTotal.Discarded(int index, long value, long limit) ->
                new RealTotal.Discarded(index, value, limit);
            case CountTotal.Of(long parts) ->
                new RealTotal.Of(ones + StrictMath.scalb((double) parts, -fraction.valueBits()));
          };
    };
  }
}
