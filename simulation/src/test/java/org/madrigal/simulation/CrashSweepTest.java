package org.madrigal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.simulation.SimulatedDisk.Failure;

/**
 * The power fails, or the disk is full, at each write and each append of one federation in turn.
 */
@Tag("simulation")
final class CrashSweepTest {

  private static final MemberId MEMBER = new MemberId("bob");

  private static Simulation federation(Privacy privacy) {
    Chance chance = Chance.of(11).fork(privacy);
    return new Simulation(Scenario.calm(11, DrawnCharter.of(chance, privacy, 4)), false);
  }

  private static void expectKept(Report report, Object point) {
    assertThat(report.violation()).as("%s: %s", point, report.scenario()).isEmpty();
    assertThat(report.rounds()).as("%s", point).isPositive();
  }

  @ParameterizedTest
  @EnumSource(Privacy.class)
  void everyWriteMayFailInEveryWay(Privacy privacy) {
    Simulation calm = federation(privacy);
    expectKept(calm.play(), "calm");
    long writes = calm.disk(MEMBER).writes();
    assertThat(writes).isGreaterThan(5);
    for (Failure failure : Failure.values()) {
      for (long others = 0; others < writes; others++) {
        Simulation each = federation(privacy);
        each.disk(MEMBER).failAfter(others, failure);
        Report report = each.play();
        expectKept(report, failure + " after " + others);
        assertThat(report.counts().keySet())
            .as("%s after %d", failure, others)
            .containsAnyOf("crash", "refusal of a disk");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Privacy.class)
  void thePowerMayFailBeforeAndAfterEveryAppend(Privacy privacy) {
    Simulation calm = federation(privacy);
    expectKept(calm.play(), "calm");
    long appends = calm.outlet(MEMBER).appends();
    assertThat(appends).isGreaterThan(3);
    for (long append = 1; append <= appends; append++) {
      for (boolean after : new boolean[] {false, true}) {
        Simulation each = federation(privacy);
        each.outlet(MEMBER).failAt(append, after);
        Report report = each.play();
        expectKept(report, "append " + append);
        assertThat(report.counts()).containsKey("crash");
      }
    }
  }
}
