package org.madrigal.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ScoreHistogramTest {

  private static ScoreHistogram of(double[] probabilities, int[] labels) {
    long[][] counts = new long[2][ScoreHistogram.BINS];
    for (int i = 0; i < labels.length; i++) {
      counts[labels[i]][ScoreHistogram.bin(probabilities[i])]++;
    }
    return new ScoreHistogram(
        java.util.Arrays.stream(counts[0]).boxed().toList(),
        java.util.Arrays.stream(counts[1]).boxed().toList());
  }

  /** Beside the definition, pair by pair. */
  @Test
  void areaUnderTheCurveIsWithinItsBound() {
    Random random = new Random(1);
    for (int run = 0; run < 50; run++) {
      int rows = 20 + run;
      double width = run % 5 == 0 ? 0.001 : 1; // often many rows in one bin
      double[] probabilities = new double[rows];
      int[] labels = new int[rows];
      for (int i = 0; i < rows; i++) {
        probabilities[i] = 0.5 + (random.nextDouble() - 0.5) * width;
        labels[i] = i < 2 ? i : random.nextInt(2);
      }
      ScoreHistogram histogram = of(probabilities, labels);

      double auc = histogram.auc().orElseThrow();
      assertThat(auc)
          .isCloseTo(pairwise(probabilities, labels), within(histogram.aucError() + 1e-12));
      assertThat(histogram.aucError()).isBetween(0.0, 0.5);
    }
  }

  private static double pairwise(double[] probabilities, int[] labels) {
    double won = 0;
    double pairs = 0;
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < labels.length; j++) {
        if (labels[i] == 1 && labels[j] == 0) {
          pairs++;
          won += Math.signum(probabilities[i] - probabilities[j]) / 2 + 0.5;
        }
      }
    }
    return won / pairs;
  }

  @Test
  void isUndefinedWithOneClassOnly() {
    ScoreHistogram positives = of(new double[] {0.1, 0.9}, new int[] {1, 1});

    assertThat(positives.auc()).isEmpty();
    assertThat(positives.aucError()).isZero();
    assertThat(ScoreHistogram.none().calibrationError()).isEmpty();
  }

  /** Expected calibration error with the probabilities themselves: at most half a bin away. */
  @Test
  void calibrationIsWithinHalfABin() {
    Random random = new Random(2);
    double[] probabilities = new double[500];
    int[] labels = new int[500];
    double[] rows = new double[ScoreHistogram.GROUPS];
    double[] predicted = new double[ScoreHistogram.GROUPS];
    double[] ones = new double[ScoreHistogram.GROUPS];
    for (int i = 0; i < labels.length; i++) {
      probabilities[i] = random.nextDouble();
      labels[i] = random.nextDouble() < probabilities[i] * probabilities[i] ? 1 : 0;
      int group = (int) (probabilities[i] * ScoreHistogram.GROUPS);
      rows[group]++;
      predicted[group] += probabilities[i];
      ones[group] += labels[i];
    }
    double expected = 0;
    for (int group = 0; group < rows.length; group++) {
      expected += Math.abs(predicted[group] - ones[group]) / labels.length;
    }
    ScoreHistogram histogram = of(probabilities, labels);

    assertThat(histogram.calibrationError().orElseThrow())
        .isCloseTo(expected, within(0.5 / ScoreHistogram.BINS));
    assertThat(histogram.reliability().stream().mapToLong(ScoreHistogram.Reliability::rows).sum())
        .isEqualTo(500);
  }

  @Test
  void talliesAddUpAndSayWhatTheyMean() {
    Tally one =
        new Tally(3, 1.5, List.of(List.of(1L, 1L), List.of(0L, 1L)), java.util.Optional.empty());
    Tally both = one.plus(one);

    assertThat(both.rows()).isEqualTo(6);
    assertThat(both.meanLoss()).hasValue(0.5);
    assertThat(both.accuracy().orElseThrow()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(both.count(0, 1)).isEqualTo(2);
    assertThat(Tally.none(Recipes.digits()).meanLoss()).isEmpty();
    assertThat(Tally.none(Recipes.digits()).accuracy()).isEmpty();
    assertThatThrownBy(() -> one.plus(Tally.none(Recipes.digits())))
        .hasMessageContaining("other models");
  }
}
