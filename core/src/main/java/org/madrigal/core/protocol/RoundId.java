package org.madrigal.core.protocol;

/**
 * A training round, counted from one. The model of round 0 is the initial model.
 *
 * @param value the number of the round
 */
public record RoundId(int value) implements Comparable<RoundId> {

  /** The round that produces no model but starts from one: the initial model. */
  public static final RoundId INITIAL = new RoundId(0);

  /** Refuses negative rounds. */
  public RoundId {
    if (value < 0) {
      throw new IllegalArgumentException("A round is 0 or more, not %d".formatted(value));
    }
  }

  /** The round after this one. */
  public RoundId next() {
    return new RoundId(Math.addExact(value, 1));
  }

  @Override
  public int compareTo(RoundId other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
