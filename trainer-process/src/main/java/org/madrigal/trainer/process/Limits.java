package org.madrigal.trainer.process;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How long a program may take, and how much memory it may have.
 *
 * @param start from its start until it has described itself
 * @param answer for the answer to one request, training included
 * @param memory the most bytes of address space of each of its processes; empty: no limit
 */
public record Limits(Duration start, Duration answer, OptionalLong memory) {

  private static final Duration MOST = Duration.ofDays(30);
  private static final long LEAST_MEMORY = 16 << 20;

  /** Two minutes to start, for libraries load slowly; an hour for an answer; any memory. */
  public static final Limits DEFAULT =
      new Limits(Duration.ofMinutes(2), Duration.ofHours(1), OptionalLong.empty());

  /** Refuses times that are not above zero or above thirty days, and memory for no program. */
  public Limits {
    for (Duration each : new Duration[] {start, answer}) {
      if (!each.isPositive() || each.compareTo(MOST) > 0) {
        throw new IllegalArgumentException(
            "A limit of time is above 0 and at most 30 days, not " + each);
      }
    }
    if (memory.isPresent() && memory.getAsLong() < LEAST_MEMORY) {
      throw new IllegalArgumentException(
          "A program needs 16 MiB of memory or more, not %d bytes".formatted(memory.getAsLong()));
    }
  }
}
