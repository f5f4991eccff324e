package org.madrigal.core.state;

/**
 * The weighted mean of a round's updates, one double for each parameter. It is read block by block,
 * so that a step needs no array of the model's length for it, and each block is still in the
 * processor's cache when it is used.
 */
@FunctionalInterface
interface MeanUpdate {

  /** The most coordinates that are read at once. */
  int BLOCK = 2048;

  /**
   * Puts coordinates {@code from} to {@code from + count - 1} to the front of {@code into}.
   *
   * @param count {@link #BLOCK} at most
   */
  void read(int from, int count, double[] into);
}
