package org.madrigal.core.secagg;

import org.madrigal.core.crypto.KeyCommitment;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Verification;

/**
 * Commitments of one end to the secrets of a pair in one slot. AES-GCM does not commit to its key,
 * and a mask does not commit to its seed; with these, what is published later is checked.
 *
 * @param maskSeed to s_uv
 * @param upwards to the key of the message from the lower index to the higher one
 * @param downwards to the key of the message from the higher index to the lower one
 */
public record EdgeCommitment(
    KeyCommitment maskSeed, KeyCommitment upwards, KeyCommitment downwards) {

  /** Says whether {@code seed} is the pair's mask seed in {@code slot}. */
  public Verification verifyMaskSeed(SlotId slot, int one, int other, Secret seed) {
    return maskSeed.verify(
        seed, slot.purpose("mask-seed", Math.min(one, other), Math.max(one, other)));
  }

  /** Says whether {@code key} is that of the message from one end to the other in {@code slot}. */
  public Verification verifyChannel(SlotId slot, int from, int to, Secret key) {
    return (from < to ? upwards : downwards).verify(key, slot.purpose("channel-key", from, to));
  }
}
