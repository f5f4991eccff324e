package org.madrigal.core.protocol;

import org.madrigal.core.crypto.VerifyingKey;

/**
 * A member as the charter names it.
 *
 * @param id its pseudonym
 * @param key the key that its statements are checked with
 * @param weight how much its update counts where weights are declared, such as its number of
 *     training samples; 1 to {@link #MAX_WEIGHT}
 */
public record Member(MemberId id, VerifyingKey key, int weight) {

  /** The largest weight of one member. */
  public static final int MAX_WEIGHT = 10_000_000;

  /** Refuses weights out of range. */
  public Member {
    if (weight < 1 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException(
          "The weight of %s is between 1 and %d, not %d".formatted(id, MAX_WEIGHT, weight));
    }
  }
}
