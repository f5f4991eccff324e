package org.madrigal.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StatisticsTest {

  private static final ValueRange RANGE = new ValueRange(10, 30, 4);

  private static ColumnStatistics.OfNumbers of(double... numbers) {
    double total = 0;
    double squares = 0;
    List<Long> bins = new ArrayList<>(Collections.nCopies(RANGE.bins(), 0L));
    for (double number : numbers) {
      double position = RANGE.position(number);
      total += position;
      squares += position * position;
      bins.set(RANGE.bin(position), bins.get(RANGE.bin(position)) + 1);
    }
    return new ColumnStatistics.OfNumbers(RANGE, total, squares, bins);
  }

  @Test
  void givesMeanAndVarianceInTheColumnsUnits() {
    ColumnStatistics.OfNumbers column = of(12, 14, 28);

    assertThat(column.mean()).isCloseTo(18, within(1e-12));
    assertThat(column.variance()).isCloseTo((36 + 16 + 100) / 2.0, within(1e-9));
    assertThat(column.present()).isEqualTo(3);
  }

  @Test
  void ofPartsInSumIsOfTheWhole() {
    ColumnStatistics.OfNumbers sum = of(12, 14).plus(of(28, 11));
    ColumnStatistics.OfNumbers whole = of(12, 14, 28, 11);

    assertThat(sum.histogram()).isEqualTo(whole.histogram());
    assertThat(sum.mean()).isCloseTo(whole.mean(), within(1e-12));
    assertThat(sum.variance()).isCloseTo(whole.variance(), within(1e-9));
    assertThatThrownBy(() -> of(12).plus(new ColumnStatistics.OfLevels(List.of(1L, 2L))))
        .hasMessageContaining("cannot be added");
  }

  @Test
  void clipsToTheRange() {
    assertThat(of(-100, 1e9)).isEqualTo(of(10, 30));
    assertThat(of(10, 30).histogram()).containsExactly(1L, 0L, 0L, 1L);
  }

  @Test
  void knowsNothingOfNoRowsAndNoSpreadOfOne() {
    assertThat(of().mean()).isEqualTo(20);
    assertThat(of().variance()).isZero();
    assertThat(of().quantile(0.5)).isEqualTo(10);
    assertThat(of(25).variance()).isZero();
  }

  @Test
  void quantilesAreWithinABin() {
    ColumnStatistics.OfNumbers column = of(11, 12, 16, 17, 21, 22, 26, 29);

    assertThat(column.quantile(0)).isBetween(10.0, 11.0);
    assertThat(column.quantile(0.5)).isCloseTo(19, within(5.0));
    assertThat(column.quantile(0.25)).isCloseTo(12, within(5.0));
    assertThat(column.quantile(1)).isEqualTo(30);
    assertThatThrownBy(() -> column.quantile(1.1)).hasMessageContaining("0 to 1");
  }

  @Test
  void standardisesLevelsWithAnInputOfTheirOwnOnly() {
    DataSpec.Table table = federated();
    Statistics statistics =
        new Statistics(
            5,
            List.of(of(12, 14, 28), new ColumnStatistics.OfLevels(List.of(2L, 1L, 2L))),
            List.of(3L, 2L));

    List<Standardisation.Input> inputs = Standardisation.by(table, statistics).inputs();

    assertThat(inputs).hasSize(3);
    assertThat(inputs.get(0).mean()).isCloseTo(18, within(1e-12));
    assertThat(inputs.get(1).mean()).isEqualTo(0.2);
    assertThat(inputs.get(2).mean()).isEqualTo(0.4);
    assertThat(inputs.get(1).deviation()).isCloseTo(Math.sqrt(0.2), within(1e-12));
    assertThat(statistics.missing(0)).isEqualTo(2);
  }

  @Test
  void doesNotBlowUpAnInputThatNeverChanges() {
    Standardisation.Input input =
        Standardisation.by(
                federated(),
                new Statistics(
                    3,
                    List.of(of(12, 12, 12), new ColumnStatistics.OfLevels(List.of(3L, 0L, 0L))),
                    List.of(3L, 0L)))
            .inputs()
            .getFirst();

    assertThat(input.deviation()).isEqualTo(20 * Math.scalb(1.0, -15));
  }

  @Test
  void assumesEvenlySpreadNumbersWhereNothingIsKnown() {
    List<Standardisation.Input> inputs = Standardisation.assumed(federated()).inputs();

    assertThat(inputs.get(0)).isEqualTo(new Standardisation.Input(20, 20 / Math.sqrt(12)));
    assertThat(inputs.get(1).mean()).isEqualTo(1 / 3.0);
  }

  @Test
  void federatedTablesNeedRangesAndOthersRefuseThem() {
    assertThatThrownBy(() -> table(List.of(new Feature.Numeric("age")), Normalisation.FEDERATED))
        .hasMessageContaining("needs a range for the column 'age'");
    assertThatThrownBy(() -> table(List.of(ranged()), Normalisation.MEMBER))
        .hasMessageContaining("'age' has a range, which only federated normalisation uses");
    assertThatThrownBy(() -> new ValueRange(3, 3, 4)).hasMessageContaining("to a larger one");
    assertThatThrownBy(() -> new ValueRange(0, Double.POSITIVE_INFINITY, 4))
        .hasMessageContaining("lies within");
    assertThatThrownBy(() -> new ValueRange(0, 1e200, 4)).hasMessageContaining("lies within");
    assertThatThrownBy(() -> new ValueRange(0, 1e-31, 4)).hasMessageContaining("lies within");
    assertThatThrownBy(() -> new ValueRange(0, 1, 1)).hasMessageContaining("2 to 1024 bins");
  }

  private static Feature.Numeric ranged() {
    return new Feature.Numeric("age", Optional.of(RANGE));
  }

  private static DataSpec.Table federated() {
    return table(
        List.of(ranged(), new Feature.OneHot("type", List.of("a", "b", "c"), true)),
        Normalisation.FEDERATED);
  }

  private static DataSpec.Table table(List<Feature> features, Normalisation normalisation) {
    return new DataSpec.Table(
        features,
        new Target.Above("sick", 0),
        List.of(),
        List.of("?"),
        MissingPolicy.MEAN,
        normalisation);
  }
}
