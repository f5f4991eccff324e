package org.madrigal.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.Initialisation;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Loss;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Recipes;
import org.madrigal.trainer.LogisticTrainer;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerFactory;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Rows;

/**
 * Optimisers, class weights and the proximal term against the documented formulas, written out in
 * plain Java: SGD by the logistic trainer, Adam here.
 */
final class OptimiserTest {

  private static final MemberData DATA =
      MemberData.of(Recipes.heartData(), Rows.twoClasses(50, 13, 3), Rows.twoClasses(50, 13, 4));
  private static final Parameters START =
      Initialisation.UNIFORM.parameters(Recipes.heartModel(), 5);

  @Test
  void descendsWithMomentumAndWeightDecay() throws InterruptedException {
    compare(new Optimiser.Sgd(0.05, 0, 0), List.of(), 0);
    compare(new Optimiser.Sgd(0.05, 0.9, 0), List.of(), 0);
    compare(new Optimiser.Sgd(0.05, 0.9, 0.1), List.of(), 0);
  }

  @Test
  void weighsClasses() throws InterruptedException {
    compare(new Optimiser.Sgd(0.05, 0, 0), List.of(1.0, 7.5), 0);
  }

  @Test
  void pullsTowardsTheGlobalModel() throws InterruptedException {
    compare(new Optimiser.Sgd(0.05, 0, 0), List.of(), 0.5);
    compare(new Optimiser.Sgd(0.05, 0.5, 0.01), List.of(2.0, 1.0), 0.5);
  }

  @Test
  void beginsEveryRoundWithoutMomentum() throws InterruptedException {
    Recipe recipe = recipe(new Optimiser.Sgd(0.05, 0.9, 0), List.of(), 7);
    try (Trainer trainer = DjlTrainer.factory(1).open(recipe, DATA)) {
      trainer.train(TrainingTask.of(recipe, 1, 0, "a"), START);
      Parameters second = trainer.train(TrainingTask.of(recipe, 2, 0, "a"), START).trained();
      assertClose(second, plain(recipe, 2, 0));
    }
  }

  /**
   * Adam on a plain gradient g, one step at a time: each step of SGD at rate 1 from where Adam
   * stands gives the gradient that Adam saw.
   */
  @Test
  void followsAdam() throws InterruptedException {
    Optimiser.Adam adam = new Optimiser.Adam(0.01, 0.9, 0.99, 1e-6);
    int steps = 20;
    Recipe gradients = recipe(new Optimiser.Sgd(1, 0, 0), List.of(), 1);
    double[] m = new double[START.length()];
    double[] v = new double[START.length()];
    float[] theta = START.toArray();
    try (Trainer probe = new LogisticTrainer(gradients, DATA)) {
      for (int t = 1; t <= steps; t++) {
        Parameters at = Parameters.of(theta);
        Parameters moved = probe.train(TrainingTask.of(gradients, t, 0, "a"), at).trained();
        for (int i = 0; i < theta.length; i++) {
          double g = (double) at.at(i) - moved.at(i);
          m[i] = 0.9 * m[i] + 0.1 * g;
          v[i] = 0.99 * v[i] + 0.01 * g * g;
          double mean = m[i] / (1 - Math.pow(0.9, t));
          double square = v[i] / (1 - Math.pow(0.99, t));
          theta[i] -= (float) (0.01 * mean / (Math.sqrt(square) + 1e-6));
        }
      }
    }
    Recipe recipe = recipe(adam, List.of(), steps);
    try (Trainer trainer = DjlTrainer.factory(1).open(recipe, DATA)) {
      assertClose(
          trainer.train(TrainingTask.of(recipe, 1, 0, "a"), START).trained(), Parameters.of(theta));
    }
  }

  private static void compare(Optimiser optimiser, List<Double> classWeights, double mu)
      throws InterruptedException {
    Recipe recipe = recipe(optimiser, classWeights, 40);
    try (Trainer trainer = DjlTrainer.factory(1).open(recipe, DATA)) {
      Parameters trained = trainer.train(TrainingTask.of(recipe, 3, mu, "a"), START).trained();
      assertClose(trained, plain(recipe, 3, mu));
    }
  }

  private static Parameters plain(Recipe recipe, int round, double mu) throws InterruptedException {
    TrainerFactory factory = LogisticTrainer::new;
    try (Trainer trainer = factory.open(recipe, DATA)) {
      return trainer.train(TrainingTask.of(recipe, round, mu, "a"), START).trained();
    }
  }

  private static void assertClose(Parameters actual, Parameters expected) {
    assertThat(actual.toArray()).containsExactly(expected.toArray(), Offset.offset(2e-5f));
    assertThat(actual).isNotEqualTo(START);
  }

  private static Recipe recipe(Optimiser optimiser, List<Double> classWeights, int steps) {
    return new Recipe(
        Recipes.heartData(),
        Recipes.heartModel(),
        Loss.BINARY_CROSS_ENTROPY,
        optimiser,
        new LocalTraining(new Amount.Steps(steps), 4, 42, classWeights),
        List.of());
  }
}
