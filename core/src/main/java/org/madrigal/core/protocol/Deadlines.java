package org.madrigal.core.protocol;

import java.time.Duration;

/**
 * How long the members wait for each other, in the ledger's time.
 *
 * @param enrolment from the founding until training may start without those who have not enrolled
 * @param round from the opening of a round until it may close without those who are absent
 */
public record Deadlines(Duration enrolment, Duration round) {

  private static final Duration LONGEST = Duration.ofDays(366);

  /** Refuses durations below one millisecond, above a year, or with fractions of a millisecond. */
  public Deadlines {
    check("enrolment", enrolment);
    check("round", round);
  }

  static void check(String name, Duration value) {
    boolean whole = value.equals(Duration.ofMillis(value.toMillis()));
    if (!whole || value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "The %s deadline is between 1 ms and 366 days, not %s".formatted(name, value));
    }
  }
}
