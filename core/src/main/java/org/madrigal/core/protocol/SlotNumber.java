package org.madrigal.core.protocol;

/**
 * One attempt to aggregate, counted from one over the whole history. A slot is never tried again:
 * the next attempt is the next slot, with fresh secrets.
 *
 * @param value the number of the slot
 */
public record SlotNumber(int value) implements Comparable<SlotNumber> {

  /** The first slot. */
  public static final SlotNumber FIRST = new SlotNumber(1);

  /** Refuses numbers below one. */
  public SlotNumber {
    if (value < 1) {
      throw new IllegalArgumentException("A slot is 1 or more, not %d".formatted(value));
    }
  }

  /** The slot after this one. */
  public SlotNumber next() {
    return new SlotNumber(Math.addExact(value, 1));
  }

  @Override
  public int compareTo(SlotNumber other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
