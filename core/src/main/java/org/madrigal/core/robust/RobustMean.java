package org.madrigal.core.robust;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.madrigal.core.protocol.Aggregation.CentredClipping;
import org.madrigal.core.protocol.Aggregation.GeometricMedian;
import org.madrigal.core.protocol.Aggregation.Krum;
import org.madrigal.core.protocol.Aggregation.Mean;
import org.madrigal.core.protocol.Aggregation.Median;
import org.madrigal.core.protocol.Aggregation.Rule;
import org.madrigal.core.protocol.Aggregation.TrimmedMean;

/** One vector from many, by the rule of a charter. The papers stand with {@link Rule}'s records. */
public final class RobustMean {

  private RobustMean() {}

  /**
   * Applies a rule.
   *
   * @param rule the rule
   * @param points the vectors, all finite, as many as the rule needs; each counts the same
   * @param last what came out the last time, for rules that begin there
   * @throws IllegalArgumentException if there are too few vectors
   */
  public static Point of(Rule rule, Points points, Point last) {
    if (points.count() < rule.fewest()) {
      throw new IllegalArgumentException(
          "%s needs %d vectors, not %d".formatted(rule.kind(), rule.fewest(), points.count()));
    }
    return switch (rule) {
      case Mean mean -> Combination.mean(points);
      case Median median -> Ordered.median(points);
      case TrimmedMean(int cut) -> new Ordered(points, cut);
      case Krum(int tolerated, int selected) -> krum(points, tolerated, selected);
      case GeometricMedian(int steps, double smoothing) -> weiszfeld(points, steps, smoothing);
      case CentredClipping(double radius, int steps) -> clipped(points, radius, steps, last);
    };
  }

  /** A vector's score is the sum of the squared distances to its n - f - 2 nearest neighbours. */
  private static Point krum(Points points, int tolerated, int selected) {
    int n = points.count();
    double[][] squares = points.squaredDistances();
    double[] scores = new double[n];
    for (int k = 0; k < n; k++) {
      int self = k;
      double[] others =
          IntStream.range(0, n).filter(j -> j != self).mapToDouble(j -> squares[self][j]).toArray();
      Arrays.sort(others);
      for (int j = 0; j < n - tolerated - 2; j++) {
        scores[k] += others[j];
      }
    }
    double[] factors = new double[n];
    IntStream.range(0, n)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer k) -> scores[k]))
        .limit(selected)
        .forEach(k -> factors[k] = 1.0 / selected);
    return Combination.of(points, factors);
  }

  private static Point weiszfeld(Points points, int steps, double smoothing) {
    Point point = Ordered.median(points);
    for (int step = 0; step < steps; step++) {
      double[] factors = points.distancesTo(point);
      double sum = 0;
      for (int k = 0; k < factors.length; k++) {
        factors[k] = 1 / Math.max(smoothing, factors[k]);
        sum += factors[k];
      }
      for (int k = 0; k < factors.length; k++) {
        factors[k] /= sum;
      }
      point = Combination.of(points, factors);
    }
    return point;
  }

  /** v becomes v + mean of (x - v) * min(1, radius / |x - v|), step by step. */
  private static Point clipped(Points points, double radius, int steps, Point last) {
    int n = points.count();
    Combination point = Combination.at(points, last);
    for (int step = 0; step < steps; step++) {
      double[] shares = points.distancesTo(point);
      for (int k = 0; k < n; k++) {
        shares[k] = (shares[k] <= radius ? 1 : radius / shares[k]) / n;
      }
      point = point.towards(shares);
    }
    return point;
  }
}
