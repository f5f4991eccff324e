package org.madrigal.core.model;

import java.util.List;

/**
 * What every member does in a round of training.
 *
 * @param amount how many steps or epochs
 * @param batchSize the rows of one step, 1 to 1,000,000; the last batch of an epoch may be smaller
 * @param seed from which, with the member and the epoch, the order of the rows and the dropout
 *     masks are drawn
 * @param classWeights one weight above 0 for each class, by which its samples' losses are
 *     multiplied before the mean over the batch; empty: all count 1
 */
public record LocalTraining(Amount amount, int batchSize, long seed, List<Double> classWeights) {

  /** Refuses values out of range. */
  public LocalTraining {
    classWeights = List.copyOf(classWeights);
    if (batchSize < 1 || batchSize > 1_000_000) {
      throw new IllegalArgumentException(
          "The batch size is between 1 and 1,000,000, not " + batchSize);
    }
    for (double weight : classWeights) {
      if (!(weight > 0 && weight <= 1e6)) {
        throw new IllegalArgumentException(
            "A class weight is above 0 and at most 1e6, not " + weight);
      }
    }
  }
}
