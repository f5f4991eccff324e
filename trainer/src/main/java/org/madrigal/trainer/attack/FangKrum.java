package org.madrigal.trainer.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.madrigal.core.protocol.Aggregation.Krum;
import org.madrigal.core.robust.Point;
import org.madrigal.core.robust.Points;
import org.madrigal.core.robust.RobustMean;

/**
 * All attackers send the same step against the honest direction, as long as it can be so that Krum
 * still chooses it: the length is halved from an upper bound until it does.
 */
record FangKrum() implements Attack {

  private static final double SHORTEST = 1e-5;

  @Override
  public float[] update(Knowledge knowledge) throws InterruptedException {
    List<float[]> honest = knowledge.honest();
    int attackers = knowledge.attackers();
    double[] direction = Moments.mean(knowledge.all());
    double length = longest(honest);
    float[] update = against(direction, length);
    while (length > SHORTEST && !chosen(honest, attackers, update)) {
      length /= 2;
      update = against(direction, length);
    }
    return update;
  }

  private static float[] against(double[] direction, double length) {
    float[] update = new float[direction.length];
    for (int i = 0; i < update.length; i++) {
      update[i] = (float) (-length * Math.signum(direction[i]));
    }
    return update;
  }

  /** The largest distance of an honest update from the global model and from others. */
  private static double longest(List<float[]> honest) {
    double largest = 0;
    for (float[] update : honest) {
      double squares = 0;
      for (float value : update) {
        squares += (double) value * value;
      }
      largest = Math.max(largest, Math.sqrt(squares));
    }
    return 3 * largest / Math.sqrt(honest.getFirst().length);
  }

  private static boolean chosen(List<float[]> honest, int attackers, float[] update) {
    Krum krum = new Krum(attackers, 1);
    List<Point> all = new ArrayList<>(Collections.nCopies(attackers, point(update)));
    honest.forEach(other -> all.add(point(other)));
    if (all.size() < krum.fewest()) {
      return true;
    }
    Point winner = RobustMean.of(krum, new Points(update.length, all), Point.ZERO);
    int count = Math.min(Point.BLOCK, update.length);
    double[] first = new double[count];
    double[] own = new double[count];
    winner.read(0, count, first);
    point(update).read(0, count, own);
    return Arrays.equals(first, own);
  }

  private static Point point(float[] update) {
    return (from, count, into) -> {
      for (int i = 0; i < count; i++) {
        into[i] = update[from + i];
      }
    };
  }
}
