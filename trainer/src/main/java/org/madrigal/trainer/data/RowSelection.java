package org.madrigal.trainer.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which rows of a CSV file are taken. All conditions hold together, the hold-out last.
 *
 * @param where column and value that a row must have; compared as levels are ({@code 1} = {@code
 *     1.0})
 * @param list rows named in another file
 * @param holdout one part of the rows that are left, drawn by a seed
 */
public record RowSelection(
    Map<String, String> where, Optional<SplitList> list, Optional<Holdout> holdout) {

  /** Every row. */
  public static final RowSelection ALL =
      new RowSelection(Map.of(), Optional.empty(), Optional.empty());

  /** Copies the conditions. */
  public RowSelection {
    where = Map.copyOf(where);
  }

  /**
   * A CSV file with a header line that names rows of another file.
   *
   * @param file the list
   * @param rowColumn the column with the row's number: 0 for the first line of data; every line
   *     counts, also those left out later
   * @param where column and value that a line of the list must have
   */
  public record SplitList(Path file, String rowColumn, Map<String, String> where) {
    /** Copies the conditions. */
    public SplitList {
      where = Map.copyOf(where);
    }
  }

  /**
   * A test part drawn by a seed, of each class alike; the rest is for training.
   *
   * @param testFraction above 0 and below 1
   * @param seed the same seed gives the same parts
   * @param part which of the two is taken
   */
  public record Holdout(double testFraction, long seed, Split part) {
    /** Refuses a fraction out of range. */
    public Holdout {
      if (!(testFraction > 0 && testFraction < 1)) {
        throw new IllegalArgumentException(
            "The fraction held out for tests is above 0 and below 1, not " + testFraction);
      }
    }
  }
}
