package org.madrigal.app.compare;

import java.util.List;

/**
 * A row with what it came to here.
 *
 * @param row the row
 * @param mean the mean over the members' test rows, one value for each seed
 * @param pooledTest the figure on all test rows, one value for each seed
 */
record Measured(Row row, Sample mean, Sample pooledTest) {

  /** Whether every published figure that must be met is. */
  boolean passes() {
    return row.mean().stream().allMatch(published -> published.accepts(mean.mean()))
        && row.pooledTest().stream().allMatch(published -> published.accepts(pooledTest.mean()));
  }

  /** The names of those that do not pass. */
  static List<String> failing(List<Measured> rows) {
    return rows.stream().filter(each -> !each.passes()).map(each -> each.row().name()).toList();
  }
}
