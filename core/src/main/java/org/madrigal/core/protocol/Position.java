package org.madrigal.core.protocol;

/**
 * The place of an entry in the history of a federation, counted from zero.
 *
 * @param value the number of entries before it
 */
public record Position(long value) implements Comparable<Position> {

  /** The place of the first entry. */
  public static final Position FIRST = new Position(0);

  /** Refuses negative places. */
  public Position {
    if (value < 0) {
      throw new IllegalArgumentException("A position is 0 or more, not %d".formatted(value));
    }
  }

  /** The place after this one. */
  public Position next() {
    return new Position(Math.addExact(value, 1));
  }

  @Override
  public int compareTo(Position other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
