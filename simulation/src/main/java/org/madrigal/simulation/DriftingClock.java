package org.madrigal.simulation;

import java.time.Instant;
import java.time.InstantSource;

/** A machine's clock: some way off, and too fast or too slow. It jumps when it is told to. */
final class DriftingClock implements InstantSource {

  private final Timeline timeline;
  private final double drift;
  private long offset;

  /**
   * A clock.
   *
   * @param offset how far it is ahead at first, in milliseconds
   * @param drift how much faster it runs than time does, such as 1e-4
   */
  DriftingClock(Timeline timeline, long offset, double drift) {
    this.timeline = timeline;
    this.offset = offset;
    this.drift = drift;
  }

  /** Somebody sets the clock. */
  void jump(long millis) {
    offset += millis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public long millis() {
    return timeline.millis() + offset + (long) (timeline.elapsed().toMillis() * drift);
  }
}
