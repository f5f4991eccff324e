package org.madrigal.core.secagg;

import org.madrigal.core.crypto.Share;

/** What a recipient found in the box that a dealer made for it. */
public sealed interface ShareOpening {

  /**
   * Both shares, which fit their hashes.
   *
   * @param selfSeed the recipient's share of b_u
   * @param recoveryKey the recipient's share of R_u
   */
  record Opened(Share selfSeed, Share recoveryKey) implements ShareOpening {}

  /**
   * The dealer has not dealt what it published.
   *
   * @param dealer whose dealing it is
   * @param fault what is wrong with it
   */
  record Faulty(int dealer, DealerFault fault) implements ShareOpening {}
}
