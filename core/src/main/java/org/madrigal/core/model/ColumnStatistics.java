package org.madrigal.core.model;

import java.util.ArrayList;
import java.util.List;

/** What the values of a feature add up to over some rows. */
public sealed interface ColumnStatistics {

  /** In how many rows the feature is there. */
  long present();

  /** Of both rows together. */
  ColumnStatistics plus(ColumnStatistics other);

  /**
   * Of a column of numbers.
   *
   * @param range what is expected of the column; all numbers are clipped to it
   * @param total the sum of the positions in the range, 0 to 1 each
   * @param squares the sum of their squares
   * @param histogram how many numbers lie in each bin
   */
  record OfNumbers(ValueRange range, double total, double squares, List<Long> histogram)
      implements ColumnStatistics {

    /** Refuses another number of bins than the range has. */
    public OfNumbers {
      histogram = List.copyOf(histogram);
      if (histogram.size() != range.bins()) {
        throw new IllegalArgumentException(
            "A histogram of %d bins does not fit a range of %d"
                .formatted(histogram.size(), range.bins()));
      }
    }

    @Override
    public long present() {
      return Counts.total(histogram);
    }

    /** The mean, or the middle of the range where there is no number. */
    public double mean() {
      return range.number(present() == 0 ? 0.5 : total / present());
    }

    /** The variance by n - 1; 0 where there are fewer than two numbers. */
    public double variance() {
      long count = present();
      if (count < 2) {
        return 0;
      }
      double spread = Math.max(0, squares - total / count * total) / (count - 1);
      return spread * range.width() * range.width();
    }

    /**
     * A number that so large a share of the numbers does not exceed, taking those of one bin as
     * spread evenly over it; it is off by less than the width of a bin. The low end of the range
     * where there is no number.
     *
     * @param share 0 to 1
     */
    public double quantile(double share) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("A share is 0 to 1, not " + share);
      }
      double wanted = share * present();
      double below = 0;
      for (int bin = 0; bin < histogram.size(); bin++) {
        long inside = histogram.get(bin);
        if (inside > 0 && below + inside >= wanted) {
          return range.number((bin + (wanted - below) / inside) / range.bins());
        }
        below += inside;
      }
      return range.low();
    }

    @Override
    public OfNumbers plus(ColumnStatistics other) {
      if (!(other instanceof OfNumbers that) || !range.equals(that.range)) {
        throw new IllegalArgumentException("Statistics of other columns cannot be added");
      }
      return new OfNumbers(
          range,
          total + that.total,
          squares + that.squares,
          Counts.plus(histogram, that.histogram));
    }
  }

  /**
   * Of a column of levels.
   *
   * @param counts in how many rows each level stands, in the order of the charter
   */
  record OfLevels(List<Long> counts) implements ColumnStatistics {

    /** Copies the counts. */
    public OfLevels {
      counts = List.copyOf(counts);
    }

    @Override
    public long present() {
      return Counts.total(counts);
    }

    /** The share of a level; that of each where there is none. */
    public double mean(int level) {
      return present() == 0 ? 1.0 / counts.size() : (double) counts.get(level) / present();
    }

    /** The variance by n - 1 of the input that is 1 where the level stands, else 0. */
    public double variance(int level) {
      long count = present();
      return count < 2 ? 0 : mean(level) * (1 - mean(level)) * count / (count - 1);
    }

    @Override
    public OfLevels plus(ColumnStatistics other) {
      if (!(other instanceof OfLevels that) || counts.size() != that.counts.size()) {
        throw new IllegalArgumentException("Statistics of other columns cannot be added");
      }
      return new OfLevels(Counts.plus(counts, that.counts));
    }
  }

  /** The statistics of no rows. */
  static ColumnStatistics none(Feature feature) {
    return switch (feature) {
      case Feature.Numeric numeric -> {
        ValueRange range = numeric.range().orElseThrow();
        yield new OfNumbers(range, 0, 0, Counts.zeros(range.bins()));
      }
      case Feature.OneHot oneHot -> new OfLevels(Counts.zeros(oneHot.levels().size()));
    };
  }

  /** How each input that the feature makes is brought to one scale. */
  default List<Standardisation.Input> inputs(Feature feature) {
    List<Standardisation.Input> inputs = new ArrayList<>();
    switch (this) {
      case OfNumbers numbers ->
          inputs.add(
              Standardisation.Input.of(
                  numbers.mean(), numbers.variance(), numbers.range().width()));
      case OfLevels levels -> {
        for (int i = levels.counts().size() - feature.width(); i < levels.counts().size(); i++) {
          inputs.add(Standardisation.Input.of(levels.mean(i), levels.variance(i), 1));
        }
      }
    }
    return inputs;
  }
}
