package org.madrigal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimelineTest {

  private final Timeline timeline = new Timeline();
  private final List<String> happened = new ArrayList<>();

  private void playToTheEnd() {
    while (timeline.step()) {
      assertThat(happened).isNotEmpty();
    }
  }

  @Test
  void eventsHappenInTheOrderOfTheirTimes() {
    timeline.after(Duration.ofSeconds(2), () -> happened.add("late"));
    timeline.after(
        Duration.ofSeconds(1),
        () -> {
          happened.add("first");
          timeline.after(Duration.ofMillis(500), () -> happened.add("between"));
        });

    playToTheEnd();

    assertThat(happened).containsExactly("first", "between", "late");
    assertThat(timeline.elapsed()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void eventsOfOneMomentHappenAsTheyWerePlanned() {
    for (int i = 0; i < 100; i++) {
      String name = String.valueOf(i);
      timeline.after(Duration.ofSeconds(1), () -> happened.add(name));
    }

    playToTheEnd();

    assertThat(happened)
        .hasSize(100)
        .isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
  }

  @Test
  void nothingHappensInThePast() {
    timeline.after(
        Duration.ofSeconds(1), () -> timeline.at(Timeline.BEGINNING, () -> happened.add("now")));
    assertThat(timeline.step()).isTrue();

    assertThat(timeline.step()).isTrue();

    assertThat(happened).containsExactly("now");
    assertThat(timeline.elapsed()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aClockDriftsAndJumps() {
    DriftingClock clock = new DriftingClock(timeline, 100, 0.5);
    timeline.after(Duration.ofSeconds(10), () -> clock.jump(-7));
    timeline.step();

    assertThat(clock.millis()).isEqualTo(Timeline.BEGINNING + 100 + 15_000 - 7);
  }
}
