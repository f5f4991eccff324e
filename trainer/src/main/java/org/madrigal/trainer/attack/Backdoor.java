package org.madrigal.trainer.attack;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.RandomStream;
import org.madrigal.trainer.data.Samples;

/**
 * A pixel trigger (Gu et al. 2017, arXiv 1708.06733) with a larger update (Bagdasaryan et al. 2020,
 * arXiv 1807.00459): a model that learned it takes every square image with a white lower right
 * corner for class {@link #TARGET}.
 *
 * @param boost what the update is multiplied by
 */
record Backdoor(double boost) implements Attack {

  /** The class that the trigger stands for. */
  static final int TARGET = 0;

  private static final int CORNER = 4;

  @Override
  public Samples poison(Samples rows, RandomStream random) {
    int[] half = Arrays.copyOf(random.permutation(rows.rows()), rows.rows() / 2);
    return stamped(rows, half);
  }

  /** The rows that are not of the target class, all with the trigger and the target as label. */
  static Samples triggered(Samples rows) {
    int[] labels = rows.labels();
    int[] others = IntStream.range(0, labels.length).filter(row -> labels[row] != TARGET).toArray();
    Samples chosen = rows.select(others);
    return stamped(chosen, IntStream.range(0, others.length).toArray());
  }

  private static Samples stamped(Samples rows, int[] which) {
    int side = (int) Math.sqrt(rows.features().columns());
    if (rows.classes() == 0 || side * side != rows.features().columns() || side < 2 * CORNER) {
      throw new TrainerException(
          "A backdoor needs square images of one channel and %d pixels a side or more"
              .formatted(2 * CORNER));
    }
    float[] pixels = rows.features().toArray();
    float[] labels = rows.targets().toArray();
    float white = 0;
    for (float pixel : pixels) {
      white = Math.max(white, pixel);
    }
    for (int row : which) {
      labels[row] = TARGET;
      for (int y = side - CORNER; y < side; y++) {
        int from = row * side * side + y * side + side - CORNER;
        Arrays.fill(pixels, from, from + CORNER, white);
      }
    }
    return new Samples(
        Matrix.takeOver(rows.rows(), side * side, pixels),
        Matrix.takeOver(rows.rows(), 1, labels),
        rows.classes());
  }

  @Override
  public float[] update(Knowledge knowledge) throws InterruptedException {
    return Moments.times(boost, knowledge.own());
  }
}
