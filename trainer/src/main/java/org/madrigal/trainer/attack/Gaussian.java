package org.madrigal.trainer.attack;

import java.util.List;

/**
 * Each coordinate is drawn from a normal distribution with the mean and deviation of all members'
 * updates before the attack.
 *
 * @param spread what the deviation is multiplied by
 */
record Gaussian(double spread) implements Attack {

  @Override
  public float[] update(Knowledge knowledge) throws InterruptedException {
    List<float[]> all = knowledge.all();
    double[] mean = Moments.mean(all);
    double[] deviation = Moments.deviation(all, mean);
    for (int i = 0; i < mean.length; i++) {
      mean[i] += spread * deviation[i] * knowledge.alone().nextGaussian();
    }
    return Moments.rounded(mean);
  }
}
