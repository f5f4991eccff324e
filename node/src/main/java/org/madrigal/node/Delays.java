package org.madrigal.node;

import java.time.Duration;

/**
 * How long a node waits, by its own clock.
 *
 * @param rank how long each member waits for the one before it where one of several may act
 * @param poll how long one read waits for the next entry
 * @param tick how long the loop waits for news before it looks at the clock again
 * @param resend how long to wait for a statement to be read back before it is sent again
 * @param retry how long to wait after a failure of ledger or trainer
 * @param longest what repeated waiting grows to, twice as long each time
 * @param requests how often to look for the owner's requests
 * @param grace how long to wait for the others' attestations at the end
 * @param stop how long a stopping node waits for what it has begun
 */
public record Delays(
    Duration rank,
    Duration poll,
    Duration tick,
    Duration resend,
    Duration retry,
    Duration longest,
    Duration requests,
    Duration grace,
    Duration stop) {

  /** What fits members on different continents. */
  public static final Delays DEFAULT =
      new Delays(
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofMillis(250),
          Duration.ofSeconds(20),
          Duration.ofSeconds(2),
          Duration.ofMinutes(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  /** The same with another wait between ranks. */
  public Delays withRank(Duration changed) {
    return new Delays(changed, poll, tick, resend, retry, longest, requests, grace, stop);
  }

  /** The same with another wait for the others' attestations. */
  public Delays withGrace(Duration changed) {
    return new Delays(rank, poll, tick, resend, retry, longest, requests, changed, stop);
  }
}
