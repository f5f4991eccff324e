package org.madrigal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Initialisation;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Recipes;
import org.madrigal.core.model.ScoreHistogram;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.Tally;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Rows;
import org.madrigal.trainer.data.Split;

/** What every trainer promises, on a logistic regression over 13 inputs. */
public abstract class TrainerContract {

  private static final Recipe RECIPE = Recipes.heart(new Optimiser.Sgd(0.05, 0, 0));
  private static final MemberData DATA =
      MemberData.of(RECIPE.data(), Rows.twoClasses(90, 13, 1), Rows.twoClasses(60, 13, 2));
  private static final Parameters START = Initialisation.UNIFORM.parameters(RECIPE.model(), 42);

  /** A new trainer of the kind under test. */
  protected abstract Trainer open(Recipe recipe, MemberData data);

  @Test
  void describesLayoutAndRows() {
    try (Trainer trainer = open(RECIPE, DATA)) {
      Description description = trainer.describe();

      assertThat(description.layout()).isEqualTo(RECIPE.model().layout());
      assertThat(description.trainRows()).isEqualTo(90);
      assertThat(description.testRows()).isEqualTo(60);
      assertThat(description.data()).isEqualTo(DATA.train().digest());
      assertThat(description.versions()).isNotEmpty();
    }
  }

  @Test
  void learns() throws InterruptedException {
    try (Trainer trainer = open(RECIPE, DATA)) {
      Evaluation before = trainer.evaluate(START, Split.TEST);
      TrainedUpdate update = trainer.train(task(1, 0, "a"), START);
      Evaluation after = trainer.evaluate(update.trained(), Split.TEST);

      assertThat(after.samples()).isEqualTo(60);
      assertThat(after.loss()).isLessThan(before.loss());
      assertThat(after.accuracy().orElseThrow()).isGreaterThan(0.85);
      assertThat(after.auc().orElseThrow()).isGreaterThan(0.9);
      assertThat(update.samples()).isEqualTo(90);
      assertThat(update.metrics()).containsEntry("steps", 100.0).containsKey("loss");
      assertThat(update.provenance().data()).isEqualTo(DATA.train().digest());
      assertThat(update.provenance().task()).isEqualTo(task(1, 0, "a"));
    }
  }

  @Test
  void trainsTheSameBytesAgain() throws InterruptedException {
    Parameters first;
    try (Trainer trainer = open(RECIPE, DATA)) {
      trainer.train(task(1, 0, "a"), START);
      first = trainer.train(task(2, 0, "a"), START).trained();
    }
    try (Trainer restarted = open(RECIPE, DATA)) {
      assertThat(restarted.train(task(2, 0, "a"), START).trained()).isEqualTo(first);
    }
  }

  @Test
  void trainsDifferentlyForAnotherRoundAndMember() throws InterruptedException {
    try (Trainer trainer = open(RECIPE, DATA)) {
      Parameters trained = trainer.train(task(1, 0, "a"), START).trained();

      assertThat(trainer.train(task(2, 0, "a"), START).trained()).isNotEqualTo(trained);
      assertThat(trainer.train(task(1, 0, "b"), START).trained()).isNotEqualTo(trained);
    }
  }

  @Test
  void goesOnWhereTheLastRoundEnded() throws InterruptedException {
    LocalTraining half = steps(50);
    try (Trainer trainer = open(RECIPE, DATA)) {
      Parameters whole = trainer.train(task(1, 0, "a"), START).trained();
      TrainingTask first = new TrainingTask(1, RECIPE.optimiser(), half, 0, seed("a"));
      TrainingTask second = new TrainingTask(2, RECIPE.optimiser(), half, 0, seed("a"));

      Parameters middle = trainer.train(first, START).trained();

      assertThat(trainer.train(second, middle).trained()).isEqualTo(whole);
    }
  }

  @Test
  void staysNearerToTheGlobalModelWithAProximalTerm() throws InterruptedException {
    try (Trainer trainer = open(RECIPE, DATA)) {
      Parameters free = trainer.train(task(1, 0, "a"), START).trained();
      Parameters held = trainer.train(task(1, 5, "a"), START).trained();

      assertThat(distance(held)).isLessThan(distance(free));
    }
  }

  @Test
  void predictsProbabilities() throws InterruptedException {
    try (Trainer trainer = open(RECIPE, DATA)) {
      float[] weights = new float[14];
      weights[0] = 1;
      weights[13] = -2;
      float[] features = new float[26];
      features[0] = 2;
      features[13] = 4;

      Matrix predicted = trainer.predict(Parameters.of(weights), Matrix.of(2, 13, features));

      assertThat(predicted.rows()).isEqualTo(2);
      assertThat(predicted.at(0, 0)).isEqualTo(0.5f);
      assertThat(predicted.at(1, 0)).isEqualTo((float) (1 / (1 + Math.exp(-2))));
    }
  }

  @Test
  void refusesParametersAndRowsThatDoNotFit() {
    try (Trainer trainer = open(RECIPE, DATA)) {
      Parameters few = Parameters.of(1, 2);
      assertThatThrownBy(() -> trainer.train(task(1, 0, "a"), few))
          .isInstanceOf(TrainerException.class)
          .hasMessageContaining("14 parameters, but 2");
      assertThatThrownBy(() -> trainer.evaluate(few, Split.TEST))
          .isInstanceOf(TrainerException.class)
          .hasMessageContaining("14 parameters, but 2");
      assertThatThrownBy(() -> trainer.predict(few, Matrix.of(1, 13, new float[13])))
          .isInstanceOf(TrainerException.class)
          .hasMessageContaining("14 parameters, but 2");
      assertThatThrownBy(() -> trainer.predict(START, Matrix.of(1, 2, 1, 2)))
          .isInstanceOf(TrainerException.class)
          .hasMessageContaining("13 inputs, but the rows have 2");
    }
  }

  @Test
  void refusesToJudgeWithoutRows() {
    MemberData untested =
        MemberData.of(
            RECIPE.data(),
            Rows.twoClasses(20, 13, 1),
            Rows.twoClasses(20, 13, 1).select(new int[0]));
    try (Trainer trainer = open(RECIPE, untested)) {
      assertThatThrownBy(() -> trainer.evaluate(START, Split.TEST))
          .isInstanceOf(TrainerException.class)
          .hasMessageContaining("no test rows");
    }
  }

  @Test
  void saysWhenTrainingDiverges() {
    TrainingTask wild =
        new TrainingTask(1, new Optimiser.Sgd(1000, 0.99, 1000), steps(100), 0, seed("a"));
    try (Trainer trainer = open(RECIPE, DATA)) {
      assertThatThrownBy(() -> trainer.train(wild, START))
          .isInstanceOf(TrainerException.class)
          .hasMessageContaining("diverged")
          .hasMessageContaining("smaller learning rate");
    }
  }

  @Test
  void endsWhenInterrupted() throws InterruptedException {
    TrainingTask endless = new TrainingTask(1, RECIPE.optimiser(), steps(1_000_000), 0, seed("a"));
    try (Trainer trainer = open(RECIPE, DATA)) {
      trainer.train(task(1, 0, "a"), START);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> trainer.train(endless, START))
          .isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
      assertThat(trainer.train(task(1, 0, "a"), START).samples()).isEqualTo(90);
    }
  }

  @Test
  void saysWhatItsRowsAreLikeAndWaitsForTheScaleOfAll() throws InterruptedException {
    Recipe recipe = Recipes.federatedClouds(new Optimiser.Sgd(0.05, 0, 0));
    MemberData rows =
        MemberData.of(recipe.data(), Rows.twoClasses(90, 13, 1), Rows.twoClasses(60, 13, 2));
    DataSpec.Table table = (DataSpec.Table) recipe.data();
    try (Trainer trainer = open(recipe, rows)) {
      assertThatThrownBy(() -> trainer.train(task(1, 0, "a"), START))
          .isInstanceOf(TrainerException.class)
          .hasMessageContaining("not given yet");
      assertThatThrownBy(() -> trainer.evaluate(START, Split.TEST))
          .isInstanceOf(TrainerException.class)
          .hasMessageContaining("not given yet");
      assertThatThrownBy(() -> trainer.predict(START, Matrix.of(1, 13, new float[13])))
          .isInstanceOf(TrainerException.class)
          .hasMessageContaining("not given yet");

      Statistics statistics = trainer.statistics();
      Standardisation by = Standardisation.by(table, statistics);
      Trainer scaled = trainer.standardised(by);
      TrainedUpdate update = scaled.train(task(1, 0, "a"), START);

      assertThat(statistics).isEqualTo(rows.statistics(table));
      assertThat(scaled.describe().data())
          .isEqualTo(rows.standardised(by).train().digest())
          .isNotEqualTo(trainer.describe().data());
      assertThat(trainer.standardised(by).train(task(1, 0, "a"), START).trained())
          .isEqualTo(update.trained());
      assertThat(scaled.evaluate(update.trained(), Split.TEST).loss())
          .isLessThan(scaled.evaluate(START, Split.TEST).loss());
      assertThatThrownBy(() -> scaled.statistics()).isInstanceOf(TrainerException.class);
      assertThatThrownBy(() -> trainer.standardised(new Standardisation(List.of())))
          .isInstanceOf(TrainerException.class)
          .hasMessageContaining("takes 13 inputs, but a scale was given for 0");
    }
  }

  @Test
  void isOnTheMembersOwnScaleWhereTheRecipeSaysSo() {
    try (Trainer trainer = open(RECIPE, DATA)) {
      assertThat(trainer.standardised(new Standardisation(List.of()))).isSameAs(trainer);
      assertThatThrownBy(trainer::statistics)
          .isInstanceOf(TrainerException.class)
          .hasMessageContaining("set normalisation to federated");
    }
  }

  @Test
  void judgesInNumbersThatCanBeAddedUp() throws InterruptedException {
    try (Trainer trainer = open(RECIPE, DATA)) {
      Evaluation evaluation =
          trainer.evaluate(trainer.train(task(1, 0, "a"), START).trained(), Split.TEST);
      Tally tally = evaluation.tally();

      assertThat(tally.rows()).isEqualTo(60);
      assertThat(tally.meanLoss().orElseThrow()).isCloseTo(evaluation.loss(), within(1e-12));
      assertThat(tally.accuracy()).isEqualTo(evaluation.accuracy());
      ScoreHistogram scores = tally.scores().orElseThrow();
      assertThat(scores.rows()).isEqualTo(60);
      assertThat(scores.auc().orElseThrow())
          .isCloseTo(evaluation.auc().orElseThrow(), within(scores.aucError() + 1e-12));
    }
  }

  @Test
  void closesTwice() {
    Trainer trainer = open(RECIPE, DATA);
    trainer.close();
    trainer.close();
  }

  private static TrainingTask task(int round, double mu, String member) {
    return TrainingTask.of(RECIPE, round, mu, member);
  }

  private static LocalTraining steps(int count) {
    return new LocalTraining(new Amount.Steps(count), 4, 42, List.of());
  }

  private static long seed(String member) {
    return TrainingTask.memberSeed(member);
  }

  private static double distance(Parameters trained) {
    double square = 0;
    for (float value : trained.minus(START).toArray()) {
      square += value * value;
    }
    return square;
  }
}
