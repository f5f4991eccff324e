package org.madrigal.trainer;

import java.util.List;

/**
 * How many samples of each true class were given each predicted class.
 *
 * @param counts row: true class; column: predicted class; both counted from 0
 */
public record Confusion(List<List<Integer>> counts) {

  /** Refuses a table that is not square. */
  public Confusion {
    counts = counts.stream().map(List::copyOf).toList();
    for (List<Integer> row : counts) {
      if (row.size() != counts.size()) {
        throw new IllegalArgumentException("A confusion is a square table, not " + counts);
      }
    }
  }

  /** The samples of {@code actual} that were taken for {@code predicted}. */
  public int count(int actual, int predicted) {
    return counts.get(actual).get(predicted);
  }
}
