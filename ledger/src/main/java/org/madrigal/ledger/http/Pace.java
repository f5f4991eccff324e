package org.madrigal.ledger.http;

import java.time.Duration;

/**
 * How slow the other side may be: it has a grace, and then must keep a least speed. Without such a
 * limit one byte now and then would hold a connection, a thread and memory for ever.
 *
 * @param grace how long nothing need come
 * @param bytesPerSecond the least speed after that
 */
record Pace(Duration grace, long bytesPerSecond) {

  /** What suits slow lines between continents. */
  static final Pace USUAL = new Pace(Duration.ofSeconds(30), 64L * 1024);

  /** How long {@code length} bytes may take. */
  Duration patience(long length) {
    return grace.plusSeconds(length / bytesPerSecond);
  }

  /**
   * How long a connection may be of no use, longer than clients of the Java platform keep one that
   * they do not use.
   */
  Duration idle() {
    return grace.multipliedBy(2);
  }
}
