package org.madrigal.core.robust;

import java.util.Arrays;

/**
 * Each coordinate by itself: the mean of what is left of its values, in ascending order, after so
 * many of the smallest and as many of the largest were left out. With all but one or two left out
 * it is the median.
 *
 * @param points the vectors
 * @param cut how many values at each end are left out; fewer than half
 */
record Ordered(Points points, int cut) implements Point {

  Ordered {
    if (cut < 0 || 2 * cut >= points.count()) {
      throw new IllegalArgumentException(
          "of %d values, %d at each end cannot be left out".formatted(points.count(), cut));
    }
  }

  /** The median: of an even number the mean of the two in the middle. */
  static Ordered median(Points points) {
    return new Ordered(points, (points.count() - 1) / 2);
  }

  @Override
  public void read(int from, int count, double[] into) {
    int n = points.count();
    double[][] blocks = new double[n][];
    for (int k = 0; k < n; k++) {
      blocks[k] = points.block();
      points.all().get(k).read(from, count, blocks[k]);
    }
    double[] values = new double[n];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < n; k++) {
        values[k] = blocks[k][i];
      }
      into[i] = middle(values);
    }
  }

  private double middle(double[] values) {
    Arrays.sort(values);
    double sum = 0;
    for (int k = cut; k < values.length - cut; k++) {
      sum += values[k];
    }
    return sum / (values.length - 2 * cut);
  }
}
