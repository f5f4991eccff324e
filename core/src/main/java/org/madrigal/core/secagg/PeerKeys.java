package org.madrigal.core.secagg;

import org.madrigal.core.crypto.Secret;

/**
 * What a dealer needs for one of its peers.
 *
 * @param peer the peer's index
 * @param maskSeed s_uv
 * @param channel e_uv, the key of the dealer's only message to the peer
 */
public record PeerKeys(int peer, Secret maskSeed, Secret channel) {

  /** The part of a pair's keys that its end {@code dealer} uses. */
  public static PeerKeys of(SlotKeys keys, int dealer, int peer) {
    return new PeerKeys(peer, keys.maskSeed(), keys.channel(dealer, peer));
  }
}
