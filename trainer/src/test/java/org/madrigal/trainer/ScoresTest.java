package org.madrigal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.madrigal.core.model.Loss;
import org.madrigal.core.model.Metric;
import org.madrigal.trainer.data.Dataset;
import org.madrigal.trainer.data.Matrix;

/** Every expected value is worked out by hand beside it. */
final class ScoresTest {

  private static final Offset<Double> TINY = within(1e-12);

  @Test
  void countsRightAnswers() {
    assertThat(Scores.accuracy(new int[] {0, 1, 2, 1}, new int[] {0, 1, 1, 1})).isEqualTo(0.75);
    assertThat(Scores.confusion(new int[] {0, 1, 2, 1}, new int[] {0, 1, 1, 0}, 3).counts())
        .isEqualTo(List.of(List.of(1, 0, 0), List.of(1, 1, 0), List.of(0, 1, 0)));
  }

  /** Of the pairs (positive, negative), all but (.35, .4) are in order: 3 of 4. */
  @Test
  void measuresTheAreaUnderTheCurve() {
    assertThat(auc(new int[] {0, 0, 1, 1}, 0.1, 0.4, 0.35, 0.8)).isEqualTo(0.75);
  }

  /** Pairs won: 1/2 + 1 for .5, 2 for .9, 1/2 for .2: 4 of 6. */
  @Test
  void countsTiesAsHalf() {
    assertThat(auc(new int[] {1, 0, 1, 0, 1}, 0.5, 0.5, 0.9, 0.2, 0.2)).isCloseTo(4.0 / 6, TINY);
    assertThat(auc(new int[] {1, 0, 1, 0}, 1, 1, 1, 1)).isEqualTo(0.5);
  }

  @Test
  void hasNoAreaWithOneClassOnly() {
    assertThat(Scores.auc(new int[] {1, 1}, new double[] {0, 1})).isEmpty();
    assertThat(Scores.auc(new int[] {0, 0}, new double[] {0, 1})).isEmpty();
    assertThat(Scores.averagePrecision(new int[] {0, 0}, new double[] {0, 1})).isEmpty();
  }

  /**
   * From the top: .8 positive (precision 1, recall 1/2), .4 negative, .35 positive (precision 2/3,
   * recall 1): 1/2 * 1 + 1/2 * 2/3 = 5/6.
   */
  @Test
  void measuresAveragePrecision() {
    assertThat(
            Scores.averagePrecision(new int[] {0, 0, 1, 1}, new double[] {0.1, 0.4, 0.35, 0.8})
                .orElseThrow())
        .isCloseTo(5.0 / 6, TINY);
  }

  /** One group of ties: precision 1/3 for the whole rise of recall. */
  @Test
  void takesTiesTogetherForAveragePrecision() {
    assertThat(Scores.averagePrecision(new int[] {0, 1, 0}, new double[] {2, 2, 2}).orElseThrow())
        .isCloseTo(1.0 / 3, TINY);
  }

  /** Errors 1, -2: squares 1 + 4 over 2; absolute 1 + 2 over 2. */
  @Test
  void measuresErrors() {
    Matrix targets = Matrix.of(2, 1, 1, 5);
    Matrix predictions = Matrix.of(2, 1, 2, 3);

    assertThat(Scores.meanSquaredError(targets, predictions)).isEqualTo(2.5);
    assertThat(Scores.meanAbsoluteError(targets, predictions)).isEqualTo(1.5);
  }

  /** Mean 3, spread 4 + 4 = 8, errors 1 + 4 = 5: 1 - 5/8; a perfect second column: 1. */
  @Test
  void measuresTheShareOfSpreadExplained() {
    assertThat(Scores.r2(Matrix.of(2, 1, 1, 5), Matrix.of(2, 1, 2, 3))).hasValue(0.375);
    assertThat(Scores.r2(Matrix.of(2, 2, 1, 7, 5, 8), Matrix.of(2, 2, 2, 7, 3, 8)))
        .hasValue(0.6875);
    assertThat(Scores.r2(Matrix.of(2, 1, 4, 4), Matrix.of(2, 1, 4, 4))).isEmpty();
  }

  @Test
  void refusesListsOfDifferentLength() {
    assertThatThrownBy(() -> Scores.accuracy(new int[2], new int[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 predictions cannot be judged by 2 labels");
    assertThatThrownBy(() -> Scores.accuracy(new int[0], new int[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Logit 0: log 2 for either label. Logit ln 3: probability 3/4, so -log(3/4) for label 1. */
  @Test
  void judgesTwoClasses() {
    Outputs outputs = new Outputs(Loss.BINARY_CROSS_ENTROPY, column(0, (float) Math.log(3), -200));
    Dataset data = dataset(2, 0, 1, 0);

    Evaluation evaluation = Evaluation.of(outputs, data);

    assertThat(evaluation.loss()).isCloseTo((Math.log(2) - Math.log(0.75) + 0) / 3, within(1e-7));
    assertThat(outputs.predictions()).isEqualTo(column(0.5f, 0.75f, 0));
    assertThat(evaluation.accuracy()).hasValue(2.0 / 3);
    assertThat(evaluation.auc()).hasValue(1);
    assertThat(evaluation.confusion().orElseThrow().count(0, 1)).isEqualTo(1);
    assertThat(evaluation.named()).containsOnlyKeys("loss", "accuracy", "auc", "average-precision");
  }

  @Test
  void keepsTheLossFiniteForExtremeLogits() {
    Outputs outputs = new Outputs(Loss.BINARY_CROSS_ENTROPY, column(1000, -1000));

    assertThat(Evaluation.of(outputs, dataset(2, 0, 1)).loss()).isEqualTo(1000);
    assertThat(Evaluation.of(outputs, dataset(2, 1, 0)).loss()).isEqualTo(0);
  }

  @Test
  void refusesToJudgeAModelThatHasDiverged() {
    Outputs outputs = new Outputs(Loss.BINARY_CROSS_ENTROPY, column(Float.NaN, 1));

    assertThatThrownBy(() -> Evaluation.of(outputs, dataset(2, 0, 1)))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("its loss on these 2 rows is NaN");
  }

  /** Logits 0, 0, ln 2: probabilities 1/4, 1/4, 1/2. */
  @Test
  void judgesManyClasses() {
    float two = (float) Math.log(2);
    Outputs outputs = new Outputs(Loss.CROSS_ENTROPY, Matrix.of(2, 3, 0, 0, two, 500, 0, 0));

    Evaluation evaluation = Evaluation.of(outputs, dataset(3, 2, 0));

    assertThat(outputs.predictions().toArray())
        .containsExactly(new float[] {0.25f, 0.25f, 0.5f, 1, 0, 0}, Offset.offset(1e-6f));
    assertThat(evaluation.loss()).isCloseTo(Math.log(2) / 2, within(1e-7));
    assertThat(evaluation.accuracy()).hasValue(1);
    assertThat(evaluation.auc()).isEmpty();
  }

  @Test
  void judgesNumbers() {
    Dataset data = new Dataset(column(0, 0), column(1, 5), 0);

    Evaluation evaluation = Evaluation.of(new Outputs(Loss.MEAN_SQUARED_ERROR, column(2, 3)), data);

    assertThat(evaluation.loss()).isEqualTo(2.5);
    assertThat(evaluation.value(Metric.R2)).hasValue(0.375);
    assertThat(evaluation.accuracy()).isEmpty();
    assertThat(evaluation.confusion()).isEmpty();
  }

  private static double auc(int[] actual, double... scores) {
    return Scores.auc(actual, scores).orElseThrow();
  }

  private static Matrix column(float... values) {
    return Matrix.of(values.length, 1, values);
  }

  private static Dataset dataset(int classes, float... labels) {
    return new Dataset(column(new float[labels.length]), column(labels), classes);
  }
}
