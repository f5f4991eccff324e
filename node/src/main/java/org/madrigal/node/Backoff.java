package org.madrigal.node;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** Waits twice as long each time, up to a limit, and a little less at random. */
final class Backoff {

  private static final int MAX_DOUBLINGS = 30;

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private int attempts;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /** When to try again after an attempt at {@code now}. */
  Instant next(Instant now) {
    long millis = first.toMillis() << Math.min(attempts, MAX_DOUBLINGS);
    attempts++;
    long most = millis < 0 ? longest.toMillis() : Math.min(millis, longest.toMillis());
    return now.plusMillis((long) (most * (0.75 + 0.25 * random.nextDouble())));
  }

  /** How many attempts there were. */
  int attempts() {
    return attempts;
  }

  void reset() {
    attempts = 0;
  }
}
