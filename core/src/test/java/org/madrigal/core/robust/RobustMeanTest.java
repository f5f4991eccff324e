package org.madrigal.core.robust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.protocol.Aggregation.CentredClipping;
import org.madrigal.core.protocol.Aggregation.GeometricMedian;
import org.madrigal.core.protocol.Aggregation.Krum;
import org.madrigal.core.protocol.Aggregation.Mean;
import org.madrigal.core.protocol.Aggregation.Median;
import org.madrigal.core.protocol.Aggregation.Rule;
import org.madrigal.core.protocol.Aggregation.TrimmedMean;

/** The rules by values worked out by hand, and by what their papers promise. */
final class RobustMeanTest {

  private static final Point[] LINE = {at(0), at(1), at(2), at(4), at(100)};

  static Stream<Rule> rules() {
    return Stream.of(
        new Mean(),
        new Median(),
        new TrimmedMean(2),
        new Krum(2, 1),
        new Krum(2, 4),
        new GeometricMedian(8, 1e-6),
        new CentredClipping(0.5, 3));
  }

  static Stream<Rule> robust() {
    return rules().filter(rule -> !(rule instanceof Mean));
  }

  @Test
  void theMeanFollowsEverything() {
    assertThat(first(new Mean(), LINE)).isEqualTo(21.4, within(1e-12));
  }

  @Test
  void theMedianIsTheMiddleOne() {
    assertThat(first(new Median(), LINE)).isEqualTo(2);
    assertThat(first(new Median(), at(5), at(-1), at(2), at(9))).isEqualTo(3.5);
    assertThat(first(new Median(), at(7))).isEqualTo(7);
  }

  @Test
  void theTrimmedMeanLeavesOutBothEnds() {
    assertThat(first(new TrimmedMean(1), LINE)).isEqualTo(7.0 / 3, within(1e-15));
    assertThat(first(new TrimmedMean(2), LINE)).isEqualTo(2);
  }

  @Test
  void krumTakesTheOneWithTheNearestNeighbours() {
    // n - f - 2 = 2 neighbours: 0 has 1+4, 1 has 1+1, 2 has 1+4, 4 has 4+9
    assertThat(first(new Krum(1, 1), LINE)).isEqualTo(1);
    // of equal scores that of the first: 0, then 2
    assertThat(first(new Krum(1, 2), LINE)).isEqualTo(0.5);
    assertThat(first(new Krum(1, 4), LINE)).isEqualTo(1.75);
  }

  @Test
  void theGeometricMedianOfALineIsItsMedian() {
    assertThat(first(new GeometricMedian(1, 1e-9), LINE)).isEqualTo(2, within(1e-6));
    // From the median 4 by the weights 1/4, 1/2, 1/2, 1/6: it stays.
    assertThat(first(new GeometricMedian(3, 1e-6), at(0), at(2), at(6), at(10)))
        .isEqualTo(4, within(1e-14));
  }

  @Test
  void centredClippingStepsFromTheLastUpdate() {
    // From 1 by the mean of -1, 0, 1, 2 and -> 2.
    assertThat(RobustMean.of(new CentredClipping(2, 1), points(LINE), at(1)))
        .satisfies(point -> assertThat(read(point, 1)[0]).isEqualTo(1.8, within(1e-15)));
    // Then from 1.8 by -1.8, -0.8, 0.2, 2, 2.
    assertThat(RobustMean.of(new CentredClipping(2, 2), points(LINE), at(1)))
        .satisfies(point -> assertThat(read(point, 1)[0]).isEqualTo(2.12, within(1e-14)));
  }

  @Test
  void refusesFewerVectorsThanARuleNeeds() {
    assertThatThrownBy(() -> first(new Krum(1, 1), at(1), at(2), at(3), at(4)))
        .hasMessage("krum needs 5 vectors, not 4");
    assertThatThrownBy(() -> first(new TrimmedMean(1), at(1), at(2)))
        .hasMessage("trimmed-mean needs 3 vectors, not 2");
    assertThatThrownBy(() -> points()).hasMessage("there must be a vector at least");
  }

  /** Two of eleven vectors, wherever they are, move the outcome by a bounded amount. */
  @ParameterizedTest
  @MethodSource("robust")
  void twoOfElevenCannotCarryItAway(Rule rule) {
    List<Point> honest = drawn(new Random(1), 9, 50, 1);
    for (double far : new double[] {1e3, 1e6, 1e9}) {
      List<Point> all = new ArrayList<>(honest);
      all.add((from, count, into) -> Arrays.fill(into, 0, count, far));
      all.add((from, count, into) -> Arrays.fill(into, 0, count, far));
      double[] outcome = read(RobustMean.of(rule, new Points(50, all), Point.ZERO), 50);
      for (double value : outcome) {
        assertThat(Math.abs(value)).isLessThan(4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void blocksDoNotShow(Rule rule) {
    int before = Point.BLOCK - 3;
    List<Point> tail = drawn(new Random(2), 11, 10, 1);
    List<Point> whole =
        tail.stream()
            .map(point -> {
              double[] values = read(point, 10);
              double[] longer = new double[before + 10];
              System.arraycopy(values, 0, longer, before, 10);
              return of(longer);
            })
            .toList();
    double[] alone = read(RobustMean.of(rule, new Points(10, tail), Point.ZERO), 10);
    double[] padded =
        read(RobustMean.of(rule, new Points(before + 10, whole), Point.ZERO), before + 10);
    assertThat(Arrays.copyOfRange(padded, before, before + 10)).isEqualTo(alone);
    assertThat(Arrays.copyOf(padded, before)).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whoAgreesGetsWhatTheyAgreeOn(Rule rule) {
    for (int seed = 0; seed < 50; seed++) {
      double[] same = read(drawn(new Random(seed), 1, 8, 1).getFirst(), 8);
      Points points = new Points(8, Collections.nCopies(7 + seed % 5, of(same)));
      double[] outcome = read(RobustMean.of(rule, points, of(same)), 8);
      for (int i = 0; i < 8; i++) {
        assertThat(outcome[i]).isEqualTo(same[i], within(1e-12));
      }
    }
  }

  private static double first(Rule rule, Point... points) {
    return read(RobustMean.of(rule, points(points), Point.ZERO), 1)[0];
  }

  private static Points points(Point... points) {
    return new Points(1, List.of(points));
  }

  private static Point at(double value) {
    return of(value);
  }

  static Point of(double... values) {
    return (from, count, into) -> System.arraycopy(values, from, into, 0, count);
  }

  static double[] read(Point point, int length) {
    double[] all = new double[length];
    double[] block = new double[Math.min(length, Point.BLOCK)];
    for (int from = 0; from < length; from += Point.BLOCK) {
      int count = Math.min(Point.BLOCK, length - from);
      point.read(from, count, block);
      System.arraycopy(block, 0, all, from, count);
    }
    return all;
  }

  private static List<Point> drawn(Random random, int count, int length, double scale) {
    return IntStream.range(0, count)
        .mapToObj(k -> of(random.doubles(length, -scale, scale).toArray()))
        .toList();
  }
}
