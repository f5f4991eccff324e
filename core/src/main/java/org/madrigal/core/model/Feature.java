package org.madrigal.core.model;

import java.util.List;
import java.util.Optional;

/** How a column of a table becomes inputs of a model. */
public sealed interface Feature {

  /** The name in charters: {@code numeric} or {@code one-hot}. */
  String kind();

  /** The column it is read from. */
  String column();

  /** How many inputs it makes. */
  int width();

  /**
   * One input: the number in the column.
   *
   * @param column the column's name
   * @param range what numbers are expected; present where the members make statistics of them
   */
  record Numeric(String column, Optional<ValueRange> range) implements Feature {
    /** Refuses a name out of form. */
    public Numeric {
      Names.checkColumn(column);
    }

    /** A column of whose numbers nothing is expected. */
    public Numeric(String column) {
      this(column, Optional.empty());
    }

    @Override
    public String kind() {
      return "numeric";
    }

    @Override
    public int width() {
      return 1;
    }
  }

  /**
   * One input for each level, in the given order: 1 where the column holds the level, else 0. A
   * value is a level if both are the same text, or both are numbers and equal ({@code 1} and {@code
   * 1.0}).
   *
   * @param column the column's name
   * @param levels 2 to 1024 different values
   * @param dropFirst whether the first level has no input of its own (it is all zeros)
   */
  record OneHot(String column, List<String> levels, boolean dropFirst) implements Feature {
    /** Refuses names and levels out of form. */
    public OneHot {
      Names.checkColumn(column);
      levels = Names.checkLevels("The levels of the column '" + column + "'", levels);
    }

    @Override
    public String kind() {
      return "one-hot";
    }

    @Override
    public int width() {
      return dropFirst ? levels.size() - 1 : levels.size();
    }
  }
}
