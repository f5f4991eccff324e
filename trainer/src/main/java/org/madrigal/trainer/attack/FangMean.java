package org.madrigal.trainer.attack;

import java.util.List;
import org.madrigal.trainer.data.RandomStream;

/**
 * Where the honest updates go up, a value between their smallest and that one widened by a factor
 * b, and where they go down, one above their largest: whatever a coordinate-wise rule leaves out,
 * what stays leans against them.
 *
 * @param strength b - 1
 */
record FangMean(double strength) implements Attack {

  @Override
  public float[] update(Knowledge knowledge) throws InterruptedException {
    List<float[]> honest = knowledge.honest();
    double[] direction = Moments.mean(knowledge.all());
    RandomStream random = knowledge.alone();
    float[] update = new float[direction.length];
    for (int i = 0; i < update.length; i++) {
      double extreme = honest.getFirst()[i];
      for (float[] other : honest) {
        extreme = direction[i] > 0 ? Math.min(extreme, other[i]) : Math.max(extreme, other[i]);
      }
      boolean outwards = (direction[i] > 0) == (extreme < 0);
      double reach = 1 + strength * random.nextDouble();
      update[i] = (float) (outwards ? extreme * reach : extreme / reach);
    }
    return update;
  }
}
