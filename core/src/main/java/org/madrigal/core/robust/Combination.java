package org.madrigal.core.robust;

import java.util.Arrays;

/**
 * A sum of the vectors, each with a factor, added up in their order after a share of another point.
 */
final class Combination implements Point {

  private final Points points;
  private final double[] factors;
  private final Point beside;
  private final double share;

  private Combination(Points points, double[] factors, Point beside, double share) {
    this.points = points;
    this.factors = factors;
    this.beside = beside;
    this.share = share;
  }

  /**
   * The vectors with their factors, without another point.
   *
   * @param factors one for each vector; not to be changed from then on
   */
  static Combination of(Points points, double[] factors) {
    return new Combination(points, factors, Point.ZERO, 0);
  }

  /** The mean of the vectors. */
  static Combination mean(Points points) {
    double[] factors = new double[points.count()];
    Arrays.fill(factors, 1.0 / factors.length);
    return of(points, factors);
  }

  /** Another point, of which the vectors have no part yet. */
  static Combination at(Points points, Point beside) {
    return new Combination(points, new double[points.count()], beside, 1);
  }

  /**
   * What comes of moving each vector's share of the way to that vector.
   *
   * @param shares one for each vector, at most 1 in sum
   */
  Combination towards(double[] shares) {
    double stays = 1;
    for (double moved : shares) {
      stays -= moved;
    }
    double[] next = new double[factors.length];
    for (int k = 0; k < next.length; k++) {
      next[k] = stays * factors[k] + shares[k];
    }
    return new Combination(points, next, beside, stays * share);
  }

  @Override
  public void read(int from, int count, double[] into) {
    double[] block = points.block();
    Arrays.fill(into, 0, count, 0);
    add(share, beside, from, count, block, into);
    for (int k = 0; k < factors.length; k++) {
      add(factors[k], points.all().get(k), from, count, block, into);
    }
  }

  private static void add(
      double factor, Point point, int from, int count, double[] block, double[] into) {
    if (factor == 0) {
      return;
    }
    point.read(from, count, block);
    for (int i = 0; i < count; i++) {
      into[i] += factor * block[i];
    }
  }
}
