package org.madrigal.core.member;

import org.madrigal.core.crypto.Hkdf;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.secagg.Ratchet;

/**
 * What a member shares with one peer in an epoch: the ratchet, and the secret from which the keys
 * for epoch keys are derived. The two say nothing of each other.
 *
 * @param boxes the secret for boxes of epoch keys
 * @param ratchet the keys of the slots
 */
record PairChain(Secret boxes, Ratchet ratchet) {

  /** Starts from the pair's secret, which is erased. */
  static PairChain start(Secret pair) {
    Secret boxes = Hkdf.expand(pair, Purpose.of("madrigal/pair-boxes/1"), 32);
    Secret chain = Hkdf.expand(pair, Purpose.of("madrigal/pair-chain/1"), 32);
    pair.erase();
    PairChain started = new PairChain(boxes, Ratchet.of(chain));
    chain.erase();
    return started;
  }

  void erase() {
    boxes.erase();
    ratchet.erase();
  }
}
