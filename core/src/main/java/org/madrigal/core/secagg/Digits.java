package org.madrigal.core.secagg;

/**
 * How a count that is too large for one element rides in several: its digits of a few bits, the
 * lowest first. Digits of honest members are non-negative, so sums out of range prove a bad one;
 * such a count is discarded and does not end the slot.
 *
 * <p>With a scale of L = 2^(bits-1) and the sum W of weights, a digit is below L and each sum of
 * digits of at most W members below W * L: as narrow as the values beside it, no wrap-around.
 *
 * @param scale of the vector in which the digits ride
 * @param valueBits counts are below 2^valueBits: 1 to 44
 */
public record Digits(FixedPoint scale, int valueBits) {

  /** The most bits of a count: the sum of as many as a ring has room for is still a long. */
  public static final int MAX_VALUE_BITS = 44;

  /** Refuses counts wider than 44 bits. */
  public Digits {
    if (valueBits < 1 || valueBits > MAX_VALUE_BITS) {
      throw new IllegalArgumentException(
          "A count has 1 to %d bits, not %d".formatted(MAX_VALUE_BITS, valueBits));
    }
  }

  private int digitBits() {
    return scale.bits() - 1;
  }

  /** The number of elements that a count takes. */
  public int length() {
    return (valueBits + digitBits() - 1) / digitBits();
  }

  /** The largest count. */
  public long largest() {
    return (1L << valueBits) - 1;
  }

  /**
   * The digits of a count.
   *
   * @throws IllegalArgumentException if it is negative or too large
   */
  public RingVector encode(long count) {
    if (count < 0 || count > largest()) {
      throw new IllegalArgumentException(
          "A count of %d bits is 0 to %d, not %d".formatted(valueBits, largest(), count));
    }
    long[] digits = new long[length()];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = count >>> (i * digitBits()) & ((1L << digitBits()) - 1);
    }
    return RingVector.of(scale.ring(), digits);
  }

  /** The last digit has the bits that are left. */
  private long largestDigit(int place) {
    return (1L << Math.min(digitBits(), valueBits - place * digitBits())) - 1;
  }

  /**
   * The sum of the counts of {@code members} members, whose digits begin at {@code at} of an opened
   * sum.
   */
  public CountTotal decode(RingVector sum, int at, int members) {
    long total = 0;
    for (int i = 0; i < length(); i++) {
      long digit = sum.signedAt(at + i);
      long most = members * largestDigit(i);
      if (digit < 0 || digit > most) {
        return new CountTotal.Discarded(at + i, digit, most);
      }
      total += digit << (i * digitBits());
    }
    return new CountTotal.Of(total);
  }
}
