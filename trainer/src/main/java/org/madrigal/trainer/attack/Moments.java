package org.madrigal.trainer.attack;

import java.util.List;

/** What updates are like, coordinate by coordinate. */
final class Moments {

  private Moments() {}

  /** Their mean. */
  static double[] mean(List<float[]> updates) {
    double[] mean = new double[updates.getFirst().length];
    for (float[] update : updates) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += update[i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= updates.size();
    }
    return mean;
  }

  /** Their standard deviation around {@code mean}. */
  static double[] deviation(List<float[]> updates, double[] mean) {
    double[] deviation = new double[mean.length];
    for (float[] update : updates) {
      for (int i = 0; i < mean.length; i++) {
        double difference = update[i] - mean[i];
        deviation[i] += difference * difference;
      }
    }
    for (int i = 0; i < mean.length; i++) {
      deviation[i] = Math.sqrt(deviation[i] / updates.size());
    }
    return deviation;
  }

  static float[] times(double factor, float[] update) {
    float[] scaled = new float[update.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (factor * update[i]);
    }
    return scaled;
  }

  static float[] rounded(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }
}
