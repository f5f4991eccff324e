package org.madrigal.core.secagg;

import org.madrigal.core.crypto.Hkdf;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.crypto.Secret;

/**
 * The chain of keys of one pair, a step for every slot of the epoch, used or not:
 *
 * <pre>
 * next chain key || slot key = HKDF-Expand(chain key, ("madrigal/ratchet/1", slot number), 64)
 * </pre>
 *
 * <p>Each chain key is erased as soon as the next is there, so that who takes a node's secrets
 * later opens nothing from before. Both ends keep their own and stay in step by the slot's number
 * alone.
 */
public final class Ratchet {

  private static final int KEY_LENGTH = 32;

  private Secret chainKey;
  private long nextSlot;

  private Ratchet(Secret chainKey, long nextSlot) {
    if (chainKey.length() != KEY_LENGTH) {
      throw new IllegalArgumentException(
          "A chain key has 32 bytes, not %d".formatted(chainKey.length()));
    }
    if (nextSlot < 0) {
      throw new IllegalArgumentException("A slot's number is 0 or more, not " + nextSlot);
    }
    this.chainKey = chainKey.slice(0, KEY_LENGTH);
    this.nextSlot = nextSlot;
  }

  /** The start of the chain, before slot 0. Copies the pair's secret, which the caller erases. */
  public static Ratchet of(Secret pairSecret) {
    return new Ratchet(pairSecret, 0);
  }

  /** The chain as a journal kept it. */
  public static Ratchet restore(Secret chainKey, long nextSlot) {
    return new Ratchet(chainKey, nextSlot);
  }

  /** The number of the first slot whose keys can still be had. */
  public long nextSlot() {
    return nextSlot;
  }

  /** A copy of the present chain key, for a journal. */
  public Secret chainKey() {
    return chainKey.slice(0, KEY_LENGTH);
  }

  /**
   * The pair's keys for a slot; the ratchet then stands behind it. Slots in between are passed over
   * and lost.
   *
   * @param number the slot's place in the epoch
   * @param slot its name
   * @throws IllegalArgumentException if the ratchet has passed the slot
   */
  public SlotKeys advance(long number, SlotId slot, int one, int other) {
    skipTo(number);
    Secret slotKey = step();
    SlotKeys keys = SlotKeys.of(slot, one, other, slotKey);
    slotKey.erase();
    return keys;
  }

  /**
   * Passes over all slots before {@code number}.
   *
   * @throws IllegalArgumentException if the ratchet has passed the slot
   */
  public void skipTo(long number) {
    if (number < nextSlot) {
      throw new IllegalArgumentException(
          "The keys of slot %d are erased; the next slot is %d".formatted(number, nextSlot));
    }
    while (nextSlot < number) {
      step().erase();
    }
  }

  private Secret step() {
    Secret both =
        Hkdf.expand(chainKey, Purpose.of("madrigal/ratchet/1").with(nextSlot), 2 * KEY_LENGTH);
    chainKey.erase();
    chainKey = both.slice(0, KEY_LENGTH);
    nextSlot++;
    Secret slotKey = both.slice(KEY_LENGTH, 2 * KEY_LENGTH);
    both.erase();
    return slotKey;
  }

  /** Overwrites the chain key: the pair ends here. */
  public void erase() {
    chainKey.erase();
  }

  @Override
  public String toString() {
    return "Ratchet[at slot %d]".formatted(nextSlot);
  }
}
