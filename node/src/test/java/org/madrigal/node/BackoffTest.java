package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1), new Random(1));

  @Test
  void doublesUpToItsLimit() {
    long[] limits = {2, 4, 8, 16, 32, 60, 60};
    for (long limit : limits) {
      Duration wait = Duration.between(NOW, backoff.next(NOW));
      assertThat(wait).isBetween(Duration.ofMillis(750 * limit), Duration.ofSeconds(limit));
    }
    assertThat(backoff.attempts()).isEqualTo(limits.length);
  }

  @Test
  void neverOverflows() {
    for (int i = 0; i < 200; i++) {
      assertThat(backoff.next(NOW)).isBetween(NOW, NOW.plusSeconds(60));
    }
  }

  @Test
  void beginsAnew() {
    backoff.next(NOW);
    backoff.next(NOW);
    backoff.reset();
    assertThat(backoff.next(NOW)).isBefore(NOW.plusSeconds(3));
  }
}
