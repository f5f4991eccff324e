package org.madrigal.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test moves it. */
public final class TestClock implements InstantSource {

  private final AtomicLong millis;

  /** A clock that shows {@code start}. */
  public TestClock(Instant start) {
    millis = new AtomicLong(start.toEpochMilli());
  }

  /** A clock that shows the first moment of 2026. */
  public static TestClock of2026() {
    return new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /** Moves the hands, backwards if {@code step} is negative. */
  public void advance(Duration step) {
    millis.addAndGet(step.toMillis());
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis.get());
  }
}
