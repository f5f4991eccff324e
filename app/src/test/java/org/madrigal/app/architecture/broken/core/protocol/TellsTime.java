package org.madrigal.app.architecture.broken.core.protocol;

import java.time.Clock;
import java.time.Instant;

final class TellsTime {
  long millis() {
    return System.currentTimeMillis();
  }

  long nanos() {
    return System.nanoTime();
  }

  Instant instant() {
    return Instant.now();
  }

  Clock clock() {
    return Clock.systemUTC();
  }
}
