package org.madrigal.core.model;

/**
 * What numbers a column is expected to hold: known to all, before anybody looks at rows. Statistics
 * count a number outside as the nearest one inside.
 *
 * @param low the smallest
 * @param high the largest
 * @param bins how many equal parts a histogram of the column has, 2 to {@link #MAX_BINS}
 */
public record ValueRange(double low, double high, int bins) {

  /** The largest end: squares of numbers, and sums of them, stay numbers. */
  private static final double LARGEST = 1e30;

  /** The bins of a histogram where a charter names none. */
  public static final int DEFAULT_BINS = 32;

  /** The most bins. */
  public static final int MAX_BINS = 1024;

  /** Refuses empty, huge and tiny ranges, and numbers of bins out of range. */
  public ValueRange {
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "A range goes from a number to a larger one, not from %s to %s".formatted(low, high));
    }
    if (Math.abs(low) > LARGEST || Math.abs(high) > LARGEST || high - low < 1 / LARGEST) {
      throw new IllegalArgumentException(
          "A range lies within %s and is %s wide at least, unlike %s to %s"
              .formatted(LARGEST, 1 / LARGEST, low, high));
    }
    if (bins < 2 || bins > MAX_BINS) {
      throw new IllegalArgumentException(
          "A histogram has 2 to %d bins, not %d".formatted(MAX_BINS, bins));
    }
  }

  /** A range with the usual number of bins. */
  public static ValueRange of(double low, double high) {
    return new ValueRange(low, high, DEFAULT_BINS);
  }

  /** high - low. */
  public double width() {
    return high - low;
  }

  /** Where in the range a number lies: 0 at its low end, 1 at its high end. */
  public double position(double number) {
    return Math.clamp((number - low) / width(), 0, 1);
  }

  /** The number at a position. */
  public double number(double position) {
    return low + position * width();
  }

  /** The bin of a position, counted from 0. */
  public int bin(double position) {
    return Math.min(bins - 1, (int) (position * bins));
  }
}
