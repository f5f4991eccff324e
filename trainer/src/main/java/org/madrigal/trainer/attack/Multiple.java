package org.madrigal.trainer.attack;

/**
 * The honest update times a factor.
 *
 * @param factor below 0 it leads away from what was learned; 0 teaches nothing
 */
record Multiple(double factor) implements Attack {

  @Override
  public float[] update(Knowledge knowledge) throws InterruptedException {
    return Moments.times(factor, knowledge.own());
  }
}
