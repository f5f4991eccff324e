package org.madrigal.core.secagg;

/** What decoding an opened sum found. */
public sealed interface Decoded {

  /**
   * Every element is within what honest members can reach.
   *
   * @param integers the sum in units of the scale's step
   * @param scale how its summands were encoded
   * @param weight the sum of their weights
   */
  record Sum(RingVector integers, FixedPoint scale, long weight) implements Decoded {

    /** The number of elements. */
    public int length() {
      return integers.length();
    }

    /** The weighted sum at {@code index}. */
    public double at(int index) {
      return integers.signedAt(index) * scale.step();
    }

    /** The weighted mean at {@code index}: the sum, divided by the weight. */
    public double meanAt(int index) {
      return at(index) / weight;
    }
  }

  /**
   * Somebody's values or masks were wrong.
   *
   * @param index the first element that is out of range, counted in the opened sum
   * @param value what stands there, centred
   * @param limit the largest absolute value of an honest sum
   */
  record OutOfRange(int index, long value, long limit) implements Decoded {}
}
