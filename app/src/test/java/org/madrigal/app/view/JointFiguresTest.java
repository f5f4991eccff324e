package org.madrigal.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.madrigal.core.model.ColumnStatistics;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.core.model.Normalisation;
import org.madrigal.core.model.ScoreHistogram;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.Tally;
import org.madrigal.core.model.Target;
import org.madrigal.core.model.ValueRange;

final class JointFiguresTest {

  private static final ValueRange AGES = new ValueRange(20, 100, 4);
  private static final DataSpec.Table TABLE =
      new DataSpec.Table(
          List.of(
              new Feature.Numeric("age", Optional.of(AGES)),
              new Feature.OneHot("pain", List.of("none", "some"), true)),
          new Target.Above("num", 0),
          List.of(),
          List.of("?"),
          MissingPolicy.MEAN,
          Normalisation.FEDERATED);

  /** Eight of ten ages are 40, 60 or 80; half of the rows have pain. */
  private static final Statistics STATISTICS =
      new Statistics(
          10,
          List.of(
              new ColumnStatistics.OfNumbers(AGES, 4, 2.25, List.of(0L, 2L, 4L, 2L)),
              new ColumnStatistics.OfLevels(List.of(5L, 5L))),
          List.of(7L, 3L));

  private static final Tally TALLY =
      new Tally(
          6,
          3,
          List.of(List.of(2L, 1L), List.of(0L, 3L)),
          Optional.of(new ScoreHistogram(at(16, 3), at(208, 3))));

  private static List<Long> at(int bin, long count) {
    List<Long> bins = new ArrayList<>(Collections.nCopies(ScoreHistogram.BINS, 0L));
    bins.set(bin, count);
    return bins;
  }

  @Test
  void tellsStatisticsInALineForEachFeature() {
    assertThat(JointFigures.lines(TABLE, STATISTICS))
        .containsExactly(
            "10 training rows of all members",
            "  column            missing       mean  deviation    quarter       half 3 quarters",
            "  age                     2      60.00      15.12      60.00      70.00      80.00",
            "  pain                    0 levels none 50.0 %, some 50.0 %",
            "  rows of each class: [7, 3]");
  }

  @Test
  void givesAllStatisticsAsJson() {
    assertThat(JointFigures.json(TABLE, STATISTICS))
        .containsEntry("rows", 10L)
        .containsEntry("classes", List.of(7L, 3L))
        .extractingByKey("features")
        .asString()
        .contains("column=age", "missing=2", "mean=60.0", "histogram=[0, 2, 4, 2]")
        .contains("column=pain", "levels=[5, 5]");
  }

  @Test
  void tellsAnEvaluationWithItsBounds() {
    assertThat(JointFigures.lines(TALLY))
        .containsExactly(
            "6 test rows of all members: loss 0.5000, accuracy 0.8333",
            "  AUC 1.0000, at most 0.0000 off; calibration error 0.1250",
            "  predicted 0.064  observed 0.000  in 3 rows",
            "  predicted 0.814  observed 1.000  in 3 rows",
            "  class 0 was taken for the classes so often: [2, 1]",
            "  class 1 was taken for the classes so often: [0, 3]");
  }

  @Test
  void givesAllOfAnEvaluationAsJson() {
    assertThat(JointFigures.json(TALLY))
        .containsEntry("rows", 6L)
        .containsEntry("auc", 1.0)
        .containsEntry("aucError", 0.0)
        .containsEntry("confusion", List.of(List.of(2L, 1L), List.of(0L, 3L)))
        .extractingByKey("reliability")
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(ScoreHistogram.GROUPS);
  }

  @Test
  void showsNothingThatIsNotThere() {
    assertThat(JointFigures.lines(new Tally(0, 0, List.of(), Optional.empty())))
        .containsExactly("0 test rows of all members: loss -, accuracy -");
  }
}
