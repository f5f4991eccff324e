package org.madrigal.ledger.http;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: up to twice as long after each failure, and never all at
 * the same moment ("full jitter").
 */
final class Backoff {

  private static final long FIRST_MILLIS = 200;
  private static final long LONGEST_MILLIS = 30_000;

  private final RandomGenerator random;
  private long ceiling = FIRST_MILLIS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The wait after one more failure, 1 ms or more. */
  Duration next() {
    long wait = 1 + random.nextLong(ceiling);
    ceiling = Math.min(LONGEST_MILLIS, 2 * ceiling);
    return Duration.ofMillis(wait);
  }

  /** Forgets the failures. */
  void reset() {
    ceiling = FIRST_MILLIS;
  }
}
