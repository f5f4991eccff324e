package org.madrigal.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Everything that is going to happen, in order: virtual time, which moves only from one event to
 * the next. Events of one millisecond happen in the order in which they were planned.
 */
final class Timeline implements InstantSource {

  /** When every simulation begins: 2026-01-01T00:00:00Z. */
  static final long BEGINNING = 1_767_225_600_000L;

  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(
          Comparator.comparingLong(Planned::millis).thenComparingLong(Planned::number));
  private long now = BEGINNING;
  private long count;

  private record Planned(long millis, long number, Runnable event) {}

  /** Plans {@code event} for {@code wait} from now. */
  void after(Duration wait, Runnable event) {
    at(now + Math.max(0, wait.toMillis()), event);
  }

  /** Plans {@code event} for a moment, or for now if that is past. */
  void at(long moment, Runnable event) {
    planned.add(new Planned(Math.max(now, moment), count++, event));
  }

  /** Lets the next event happen; whether there was one. */
  boolean step() {
    Planned next = planned.poll();
    if (next == null) {
      return false;
    }
    now = next.millis();
    next.event().run();
    return true;
  }

  @Override
  public long millis() {
    return now;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  /** How long the simulation has run. */
  Duration elapsed() {
    return Duration.ofMillis(now - BEGINNING);
  }
}
