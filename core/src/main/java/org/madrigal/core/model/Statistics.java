package org.madrigal.core.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What training rows are like, as numbers that can be added up: of one member's rows, or of all
 * members' together.
 *
 * @param rows the number of rows
 * @param columns of each feature, in the order of the charter
 * @param classes how many rows each class has; empty where the target is numbers
 */
public record Statistics(long rows, List<ColumnStatistics> columns, List<Long> classes) {

  /** Copies the lists. */
  public Statistics {
    columns = List.copyOf(columns);
    classes = List.copyOf(classes);
  }

  /** The statistics of no rows. */
  public static Statistics none(DataSpec.Table table) {
    return new Statistics(
        0,
        table.features().stream().map(ColumnStatistics::none).toList(),
        Counts.zeros(table.classes()));
  }

  /** Of these rows and {@code other} ones of the same table. */
  public Statistics plus(Statistics other) {
    if (columns.size() != other.columns.size()) {
      throw new IllegalArgumentException("Statistics of other tables cannot be added");
    }
    List<ColumnStatistics> sums = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      sums.add(columns.get(i).plus(other.columns.get(i)));
    }
    return new Statistics(rows + other.rows, sums, Counts.plus(classes, other.classes));
  }

  /** In how many rows the feature at {@code place} is missing. */
  public long missing(int place) {
    return rows - columns.get(place).present();
  }
}
