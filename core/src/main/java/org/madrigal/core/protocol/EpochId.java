package org.madrigal.core.protocol;

/**
 * A key epoch, counted from one: a fixed roster of members who have agreed on keys with each other.
 *
 * @param value the number of the epoch
 */
public record EpochId(int value) implements Comparable<EpochId> {

  /** The first epoch. */
  public static final EpochId FIRST = new EpochId(1);

  /** Refuses numbers below one. */
  public EpochId {
    if (value < 1) {
      throw new IllegalArgumentException("An epoch is 1 or more, not %d".formatted(value));
    }
  }

  /** The epoch after this one. */
  public EpochId next() {
    return new EpochId(Math.addExact(value, 1));
  }

  @Override
  public int compareTo(EpochId other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
