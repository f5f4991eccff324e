package org.madrigal.trainer.attack;

import java.util.List;

/**
 * The honest mean minus z standard deviations, with the largest z for which enough honest updates
 * lie still further out that a median follows: z = quantile of (n - f - s) / (n - f) with s =
 * floor(n / 2 + 1) - f.
 *
 * @param strength what z is multiplied by
 */
record LittleIsEnough(double strength) implements Attack {

  @Override
  public float[] update(Knowledge knowledge) throws InterruptedException {
    List<float[]> honest = knowledge.honest();
    int attackers = knowledge.attackers();
    double[] update = Moments.mean(honest);
    double[] deviation = Moments.deviation(honest, update);
    double z = strength * z(honest.size() + attackers, attackers);
    for (int i = 0; i < update.length; i++) {
      update[i] -= z * deviation[i];
    }
    return Moments.rounded(update);
  }

  /** Of {@code n} members {@code f} are attackers. */
  static double z(int n, int f) {
    double supporters = n / 2 + 1 - f;
    double share = Math.clamp((n - f - supporters) / (n - f), 0.01, 0.99);
    return quantile(share);
  }

  /**
   * The quantile of the standard normal distribution, by bisection of its distribution function.
   */
  private static double quantile(double share) {
    double low = -10;
    double high = 10;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (normal(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The distribution function, by its series (Marsaglia 2004); good for |x| up to 10. */
  private static double normal(double x) {
    double term = x;
    double sum = x;
    for (int i = 1; i < 400 && Math.abs(term) > 1e-17 * Math.abs(sum); i++) {
      term *= x * x / (2 * i + 1);
      sum += term;
    }
    return 0.5 + sum * StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
