package org.madrigal.trainer;

import java.util.Arrays;
import org.madrigal.trainer.data.RandomStream;

/**
 * Which rows make up each step: a pure function of seed, member and step, so that a data loader
 * keeps its place between rounds and restarts without any state. Epoch e takes the rows in the
 * order of the permutation drawn from (seed, member, e), in batches; its last batch may be smaller.
 *
 * <p>Not for several threads: it remembers the last epoch drawn.
 */
public final class BatchOrder {

  private final long seed;
  private final long memberSeed;
  private final int rows;
  private final int batchSize;
  private final int batchesOfEpoch;
  private long drawnEpoch = -1;
  private int[] drawn = new int[0];

  /**
   * The order for one member.
   *
   * @throws IllegalArgumentException if there are no rows or batches are empty
   */
  public BatchOrder(long seed, long memberSeed, int rows, int batchSize) {
    if (rows < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "There is no order of batches of %d out of %d rows".formatted(batchSize, rows));
    }
    this.seed = seed;
    this.memberSeed = memberSeed;
    this.rows = rows;
    this.batchSize = batchSize;
    this.batchesOfEpoch = Math.ceilDiv(rows, batchSize);
  }

  /** The indexes of the rows of {@code step}, counted from 0 over all rounds. */
  public int[] batch(long step) {
    long epoch = step / batchesOfEpoch;
    if (epoch != drawnEpoch) {
      drawn = RandomStream.of("madrigal/batches/1", seed, memberSeed, epoch).permutation(rows);
      drawnEpoch = epoch;
    }
    int from = (int) (step % batchesOfEpoch) * batchSize;
    return Arrays.copyOfRange(drawn, from, (int) Math.min(rows, (long) from + batchSize));
  }
}
