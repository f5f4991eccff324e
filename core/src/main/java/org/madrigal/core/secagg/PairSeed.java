package org.madrigal.core.secagg;

import org.madrigal.core.crypto.Secret;

/**
 * The seed of the mask that a member has with one peer in one slot: s_uv.
 *
 * @param peer the peer's index
 * @param seed 32 bytes
 */
public record PairSeed(int peer, Secret seed) {

  /** The length of every seed in bytes. */
  public static final int LENGTH = 32;

  /** Refuses other lengths and indices below 1. */
  public PairSeed {
    if (peer < 1) {
      throw new IllegalArgumentException("The index of a member is 1 or more, not " + peer);
    }
    if (seed.length() != LENGTH) {
      throw new IllegalArgumentException(
          "The seed of a pair has 32 bytes, not %d".formatted(seed.length()));
    }
  }
}
