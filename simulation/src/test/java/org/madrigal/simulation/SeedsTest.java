package org.madrigal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole federations from seeds; docs/simulating-faults.md tells what these found. */
final class SeedsTest {

  private static void expectKept(Report report) {
    assertThat(report.violation())
        .as("seed %d: %s; see madrigal simulate-faults --trace", report.seed(), report.scenario())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aFewSeedsKeepEveryPromise(long seed) {
    expectKept(Seeds.play(seed));
  }

  @Test
  void theTraceThatPeopleReadIsThatOfTheRun() {
    Report told = Seeds.trace(7);

    assertThat(told.trace()).isEqualTo(Seeds.play(7).trace());
    assertThat(told.lines()).hasSizeGreaterThan(50);
  }

  /** Each of these once broke a promise. */
  @Tag("simulation")
  @ParameterizedTest
  @ValueSource(
      longs = {19, 57, 90, 107, 110, 125, 141, 169, 176, 756, 1035, 1620, 1835, 3870, 4097, 10172})
  void whatWasBrokenOnceIsKept(long seed) {
    expectKept(Seeds.play(seed));
  }

  @Tag("simulation")
  @Test
  void theFixedSeedsKeepEveryPromise() throws InterruptedException {
    Totals totals = new Campaign(100, 499, true, report -> {}).run(2);

    totals.violations().forEach(SeedsTest::expectKept);
    assertThat(totals.seeds()).isEqualTo(400);
    assertThat(totals.rounds()).isGreaterThan(1000);
  }
}
