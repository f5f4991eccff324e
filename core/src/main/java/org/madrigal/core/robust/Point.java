package org.madrigal.core.robust;

import java.util.Arrays;

/** A vector that is read block by block. */
@FunctionalInterface
public interface Point {

  /** The most coordinates that are read at once. */
  int BLOCK = 2048;

  /** The origin. */
  Point ZERO = (from, count, into) -> Arrays.fill(into, 0, count, 0);

  /**
   * Puts coordinates {@code from} to {@code from + count - 1} to the front of {@code into}.
   *
   * @param count {@link #BLOCK} at most
   */
  void read(int from, int count, double[] into);
}
