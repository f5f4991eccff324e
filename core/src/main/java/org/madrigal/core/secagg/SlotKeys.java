package org.madrigal.core.secagg;

import org.madrigal.core.crypto.Hkdf;
import org.madrigal.core.crypto.KeyCommitment;
import org.madrigal.core.crypto.Secret;

/**
 * What two members use in one slot: the seed of their mask, and a key for the one message in each
 * direction.
 */
public final class SlotKeys {

  private static final int LENGTH = 32;

  private final SlotId slot;
  private final int lower;
  private final int upper;
  private final Secret maskSeed;
  private final Secret upwards;
  private final Secret downwards;

  private SlotKeys(SlotId slot, int lower, int upper, Secret slotKey) {
    this.slot = slot;
    this.lower = lower;
    this.upper = upper;
    maskSeed = Hkdf.expand(slotKey, slot.purpose("mask-seed", lower, upper), LENGTH);
    upwards = Hkdf.expand(slotKey, slot.purpose("channel-key", lower, upper), LENGTH);
    downwards = Hkdf.expand(slotKey, slot.purpose("channel-key", upper, lower), LENGTH);
  }

  /** Derives the keys of a pair, in either order of its ends. */
  static SlotKeys of(SlotId slot, int one, int other, Secret slotKey) {
    if (one < 1 || other < 1 || one == other) {
      throw new IllegalArgumentException(
          "There is no pair of the members %d and %d".formatted(one, other));
    }
    return new SlotKeys(slot, Math.min(one, other), Math.max(one, other), slotKey);
  }

  /** s_uv: the seed of the pair's mask. */
  public Secret maskSeed() {
    return maskSeed;
  }

  /** e_uv: the key of the only message from one end to the other. */
  public Secret channel(int from, int to) {
    if (from == lower && to == upper) {
      return upwards;
    }
    if (from == upper && to == lower) {
      return downwards;
    }
    throw new IllegalArgumentException(
        "The pair of %d and %d has no channel from %d to %d".formatted(lower, upper, from, to));
  }

  /** What both ends post before they mask: unequal commitments drop the edge. */
  public EdgeCommitment commitment() {
    return new EdgeCommitment(
        KeyCommitment.of(maskSeed, slot.purpose("mask-seed", lower, upper)),
        KeyCommitment.of(upwards, slot.purpose("channel-key", lower, upper)),
        KeyCommitment.of(downwards, slot.purpose("channel-key", upper, lower)));
  }

  /** Overwrites all three secrets. */
  public void erase() {
    maskSeed.erase();
    upwards.erase();
    downwards.erase();
  }

  @Override
  public String toString() {
    return "SlotKeys[of %d and %d]".formatted(lower, upper);
  }
}
