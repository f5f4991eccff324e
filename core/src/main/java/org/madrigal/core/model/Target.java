package org.madrigal.core.model;

import java.util.List;

/** What a model is to predict, and how it is read from a table. */
public sealed interface Target {

  /** The name in charters: {@code numbers}, {@code above} or {@code classes}. */
  String kind();

  /** The columns it is read from. */
  List<String> columns();

  /** The number of classes, or 0 where the target is numbers. */
  int classes();

  /**
   * Numbers to be met as they are, one output for each column. A column may be a feature too (an
   * autoencoder).
   *
   * @param columns 1 to {@link DataSpec#MAX_INPUTS} different columns
   */
  record Numbers(List<String> columns) implements Target {
    /** Refuses names out of form. */
    public Numbers {
      columns = Names.checkColumns("The target's columns", columns, 1, DataSpec.MAX_INPUTS);
    }

    @Override
    public String kind() {
      return "numbers";
    }

    @Override
    public int classes() {
      return 0;
    }
  }

  /**
   * Two classes: 1 where the number in the column is above the threshold, else 0.
   *
   * @param column the column's name
   * @param threshold a finite number
   */
  record Above(String column, double threshold) implements Target {
    /** Refuses a name out of form and a threshold that is not finite. */
    public Above {
      Names.checkColumn(column);
      if (!Double.isFinite(threshold)) {
        throw new IllegalArgumentException(
            "The threshold of the target must be a finite number, not " + threshold);
      }
    }

    @Override
    public String kind() {
      return "above";
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public int classes() {
      return 2;
    }
  }

  /**
   * The class whose name stands in the column, numbered from 0 in the given order; values are
   * compared as in {@link Feature.OneHot}.
   *
   * @param column the column's name
   * @param names 2 to 1024 different values
   */
  record Classes(String column, List<String> names) implements Target {
    /** Refuses names out of form. */
    public Classes {
      Names.checkColumn(column);
      names = Names.checkLevels("The classes of the column '" + column + "'", names);
    }

    @Override
    public String kind() {
      return "classes";
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public int classes() {
      return names.size();
    }
  }
}
