package org.madrigal.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.madrigal.core.model.ColumnStatistics;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.ValueRange;

/** Counts what one member's rows, as they were read, are like. */
final class RowStatistics {

  private RowStatistics() {}

  static Statistics of(DataSpec.Table table, Dataset rows) {
    List<ColumnStatistics> columns = new ArrayList<>();
    int input = 0;
    for (Feature feature : table.features()) {
      columns.add(
          switch (feature) {
            case Feature.Numeric numeric ->
                numbers(rows.features(), input, numeric.range().orElseThrow());
            case Feature.OneHot oneHot -> levels(rows.features(), input, oneHot);
          });
      input += feature.width();
    }
    List<Long> classes = Arrays.stream(rows.classCounts()).asLongStream().boxed().toList();
    return new Statistics(rows.rows(), columns, classes);
  }

  private static ColumnStatistics numbers(Matrix features, int input, ValueRange range) {
    double total = 0;
    double squares = 0;
    long[] histogram = new long[range.bins()];
    for (int row = 0; row < features.rows(); row++) {
      float value = features.at(row, input);
      if (!Float.isNaN(value)) {
        double position = range.position(value);
        total += position;
        squares += position * position;
        histogram[range.bin(position)]++;
      }
    }
    return new ColumnStatistics.OfNumbers(range, total, squares, boxed(histogram));
  }

  /** A level without an input of its own stands where all inputs are 0. */
  private static ColumnStatistics levels(Matrix features, int input, Feature.OneHot feature) {
    int first = feature.levels().size() - feature.width();
    long[] counts = new long[feature.levels().size()];
    for (int row = 0; row < features.rows(); row++) {
      if (!Float.isNaN(features.at(row, input))) {
        int level = 0;
        for (int i = 0; i < feature.width(); i++) {
          if (features.at(row, input + i) == 1) {
            level = first + i;
          }
        }
        counts[level]++;
      }
    }
    return new ColumnStatistics.OfLevels(boxed(counts));
  }

  private static List<Long> boxed(long[] counts) {
    return Arrays.stream(counts).boxed().toList();
  }
}
