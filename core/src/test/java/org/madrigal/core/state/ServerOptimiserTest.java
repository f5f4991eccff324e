package org.madrigal.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Strategy;

/** Two steps of each strategy against values worked out by hand from its paper's formulas. */
final class ServerOptimiserTest {

  private static final Parameters START = Parameters.of(1f, -1f);
  private static final MeanUpdate FIRST = mean(0.5, -0.25);
  private static final MeanUpdate SECOND = mean(-0.5, 0);

  @Test
  void fedAvgAndFedProxAddTheMean() {
    assertSteps(new Strategy.FedAvg(), List.of(1.5f, -1.25f), List.of(1f, -1.25f));
    assertSteps(new Strategy.FedProx(0.1), List.of(1.5f, -1.25f), List.of(1f, -1.25f));
  }

  @Test
  void fedAvgMKeepsMomentum() {
    // m = 0.5, -0.25; then 0.5*m + D = -0.25, -0.125; rate 2
    assertSteps(new Strategy.FedAvgM(2, 0.5), List.of(2f, -1.5f), List.of(1.5f, -1.75f));
  }

  @Test
  void fedAdagradAddsSquares() {
    // m1 = 0.25, -0.125; v1 = 0.25, 0.0625; step = m/(sqrt(v)+0.5) = 0.25/1, -0.125/0.75
    // m2 = -0.125, -0.0625; v2 = 0.5, 0.0625
    assertSteps(
        new Strategy.FedAdagrad(1, 0.5, 0.5),
        List.of(1.25f, (float) (-1 - 0.125 / 0.75)),
        List.of(
            (float) (1.25 - 0.125 / (Math.sqrt(0.5) + 0.5)),
            (float) ((float) (-1 - 0.125 / 0.75) - 0.0625 / 0.75)));
  }

  @Test
  void fedAdamAveragesSquares() {
    // beta2 = 0.75: v1 = 0.0625, 0.015625; sqrt = 0.25, 0.125; steps 0.25/0.75, -0.125/0.625
    // m2 = -0.125, -0.0625; v2 = 0.046875+0.0625 = 0.109375, 0.01171875
    assertSteps(
        new Strategy.FedAdam(1, 0.5, 0.75, 0.5),
        List.of((float) (1 + 0.25 / 0.75), (float) (-1 - 0.125 / 0.625)),
        List.of(
            (float) ((float) (1 + 0.25 / 0.75) - 0.125 / (Math.sqrt(0.109375) + 0.5)),
            (float) ((float) (-1 - 0.125 / 0.625) - 0.0625 / (Math.sqrt(0.01171875) + 0.5))));
  }

  @Test
  void fedYogiMovesTheSquaresBySign() {
    // v1 = 0 - 0.25*D^2*sign(0-D^2) = 0.0625, 0.015625, as FedAdam in the first step
    // v2[0]: D^2 = 0.25 > v: 0.0625 + 0.0625 = 0.125; v2[1]: D = 0, v stays
    assertSteps(
        new Strategy.FedYogi(1, 0.5, 0.75, 0.5),
        List.of((float) (1 + 0.25 / 0.75), (float) (-1 - 0.125 / 0.625)),
        List.of(
            (float) ((float) (1 + 0.25 / 0.75) - 0.125 / (Math.sqrt(0.125) + 0.5)),
            (float) ((float) (-1 - 0.125 / 0.625) - 0.0625 / 0.625)));
  }

  @Test
  void aStepLeavesTheOptimiserAsItWas() {
    Strategy strategy = new Strategy.FedAdam(0.01, 0.9, 0.999, 1e-8);
    ServerOptimiser start = ServerOptimiser.start();
    ServerOptimiser.Step one = start.step(strategy, START, FIRST);
    one.optimiser().step(strategy, one.model(), SECOND);
    assertThat(start.step(strategy, START, FIRST).model()).isEqualTo(one.model());
  }

  @Test
  void everyCoordinateGoesTheSameWayWhereverItStands() {
    int length = 2 * MeanUpdate.BLOCK + 3;
    List<Strategy> strategies =
        List.of(
            new Strategy.FedAvg(),
            new Strategy.FedAvgM(0.7, 0.9),
            new Strategy.FedAdagrad(0.1, 0.9, 1e-3),
            new Strategy.FedAdam(0.1, 0.9, 0.99, 1e-3),
            new Strategy.FedYogi(0.1, 0.9, 0.99, 1e-3));
    for (Strategy strategy : strategies) {
      Parameters whole = drawn(length, 1);
      ServerOptimiser optimiser = ServerOptimiser.start();
      List<ServerOptimiser> alone = new ArrayList<>(Collections.nCopies(length, optimiser));
      for (int round = 0; round < 3; round++) {
        Parameters update = drawn(length, 2 + round);
        ServerOptimiser.Step step = optimiser.step(strategy, whole, mean(update));
        for (int i = 0; i < length; i++) {
          ServerOptimiser.Step one =
              alone.get(i).step(strategy, Parameters.of(whole.at(i)), mean(update.at(i)));
          assertThat(one.model().at(0)).isEqualTo(step.model().at(i));
          alone.set(i, one.optimiser());
        }
        whole = step.model();
        optimiser = step.optimiser();
      }
    }
  }

  /** Digests of the arithmetic as protocol.md writes it, worked out coordinate by coordinate. */
  @Test
  void givesTheSameBitsAsTheFormulas() {
    int length = 5000;
    double[] m = new double[length];
    double[] v = new double[length];
    float[] w = drawn(length, 1).toArray();
    Parameters model = Parameters.of(w);
    ServerOptimiser optimiser = ServerOptimiser.start();
    Strategy strategy = new Strategy.FedYogi(0.01, 0.9, 0.999, 1e-8);
    for (int round = 0; round < 5; round++) {
      Parameters update = drawn(length, 2 + round);
      ServerOptimiser.Step step = optimiser.step(strategy, model, mean(update));
      for (int i = 0; i < length; i++) {
        double d = update.at(i);
        m[i] = 0.9 * m[i] + (1 - 0.9) * d;
        v[i] = v[i] - (1 - 0.999) * (d * d) * Math.signum(v[i] - d * d);
        w[i] = (float) (w[i] + 0.01 * m[i] / (Math.sqrt(v[i]) + 1e-8));
      }
      model = step.model();
      optimiser = step.optimiser();
      assertThat(model.digest()).isEqualTo(Parameters.of(w).digest());
    }
  }

  private static Parameters drawn(int length, int seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Parameters.takeOver(values);
  }

  private static MeanUpdate mean(Parameters update) {
    double[] values = new double[update.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = update.at(i);
    }
    return mean(values);
  }

  private static MeanUpdate mean(double... values) {
    return (from, count, into) -> System.arraycopy(values, from, into, 0, count);
  }

  private static void assertSteps(Strategy strategy, List<Float> first, List<Float> second) {
    ServerOptimiser.Step one = ServerOptimiser.start().step(strategy, START, FIRST);
    assertThat(boxed(one.model())).isEqualTo(first);
    ServerOptimiser.Step two = one.optimiser().step(strategy, one.model(), SECOND);
    assertThat(boxed(two.model())).isEqualTo(second);
  }

  private static List<Float> boxed(Parameters parameters) {
    return List.of(parameters.at(0), parameters.at(1));
  }
}
