package org.madrigal.trainer.attack;

/**
 * The mean of the honest updates, turned round: with enough attackers the inner product of the
 * aggregate and the honest mean is negative, though each vector is close to the others.
 *
 * @param epsilon what the mean is multiplied by
 */
record InnerProduct(double epsilon) implements Attack {

  @Override
  public float[] update(Knowledge knowledge) throws InterruptedException {
    return Moments.times(-epsilon, Moments.rounded(Moments.mean(knowledge.honest())));
  }
}
