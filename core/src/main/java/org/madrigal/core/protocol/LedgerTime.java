package org.madrigal.core.protocol;

import java.time.Duration;
import java.time.Instant;

/**
 * The ledger's time of an entry. It never runs backwards; deadlines are measured in it, never in a
 * node's own clock.
 *
 * @param epochMillis milliseconds since 1970-01-01T00:00:00Z
 */
public record LedgerTime(long epochMillis) implements Comparable<LedgerTime> {

  /** Refuses times before 1970. */
  public LedgerTime {
    if (epochMillis < 0) {
      throw new IllegalArgumentException(
          "A ledger's time is 0 ms or more after 1970, not %d".formatted(epochMillis));
    }
  }

  /** The time {@code duration} later, or the end of time where it would overflow. */
  public LedgerTime plus(Duration duration) {
    long millis = duration.toMillis();
    return new LedgerTime(
        epochMillis > Long.MAX_VALUE - millis ? Long.MAX_VALUE : epochMillis + millis);
  }

  /** Whether this is later than {@code other}. */
  public boolean isAfter(LedgerTime other) {
    return epochMillis > other.epochMillis;
  }

  /** The same moment for a calendar. */
  public Instant toInstant() {
    return Instant.ofEpochMilli(epochMillis);
  }

  @Override
  public int compareTo(LedgerTime other) {
    return Long.compare(epochMillis, other.epochMillis);
  }

  @Override
  public String toString() {
    return toInstant().toString();
  }
}
