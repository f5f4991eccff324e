package org.madrigal.core.state;

import java.util.ArrayList;
import java.util.List;
import org.madrigal.core.model.ColumnStatistics;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.ValueRange;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.secagg.Digits;
import org.madrigal.core.secagg.FixedPoint;
import org.madrigal.core.secagg.PositiveReal;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.state.CountReader.GarbageException;

/**
 * Statistics as the coordinates of a ring.
 *
 * <pre>
 * [ rows | feature 0: total, squares, bins; or levels | feature 1 ... | classes ]
 * </pre>
 *
 * <p>Counts are exact. Totals and squares of one member are off by at most 2^-31 each, where the
 * range of the column is 1.
 */
public final class StatisticsCoding implements SlotCoding {

  private static final int FRACTION_BITS = 30;

  private final Charter charter;
  private final DataSpec.Table table;
  private final FixedPoint scale;
  private final Digits rows;
  private final PositiveReal totals;

  /**
   * The coding of a charter with masks and federated statistics.
   *
   * @throws IllegalArgumentException if the charter has none of them
   */
  public StatisticsCoding(Charter charter) {
    this.charter = charter;
    table =
        charter
            .federatedTable()
            .orElseThrow(
                () -> new IllegalArgumentException("The charter asks for no federated statistics"));
    scale = SlotCoding.scale(charter);
    rows = new Digits(scale, ROW_BITS);
    totals = PositiveReal.of(scale, ROW_BITS, FRACTION_BITS);
  }

  @Override
  public Charter charter() {
    return charter;
  }

  @Override
  public FixedPoint scale() {
    return scale;
  }

  @Override
  public int length() {
    int counts = 1 + table.classes();
    int reals = 0;
    for (Feature feature : table.features()) {
      switch (feature) {
        case Feature.Numeric numeric -> {
          counts += numeric.range().orElseThrow().bins();
          reals += 2;
        }
        case Feature.OneHot oneHot -> counts += oneHot.levels().size();
      }
    }
    return counts * rows.length() + reals * totals.length();
  }

  /** How far the total and the squares of one member may be off, where the range is 1. */
  public double error() {
    return totals.error();
  }

  /**
   * The coordinates of one member's statistics.
   *
   * @throws IllegalArgumentException if they are of another table, or of too many rows
   */
  public RingVector encode(Statistics own) {
    List<RingVector> parts = new ArrayList<>();
    parts.add(rows.encode(own.rows()));
    for (ColumnStatistics column : own.columns()) {
      switch (column) {
        case ColumnStatistics.OfNumbers numbers -> {
          parts.add(totals.encode(numbers.total()));
          parts.add(totals.encode(numbers.squares()));
          numbers.histogram().forEach(count -> parts.add(rows.encode(count)));
        }
        case ColumnStatistics.OfLevels levels ->
            levels.counts().forEach(count -> parts.add(rows.encode(count)));
      }
    }
    own.classes().forEach(count -> parts.add(rows.encode(count)));
    RingVector all = RingVector.join(parts);
    if (all.length() != length()) {
      throw new IllegalArgumentException(
          "Statistics of this charter have %d coordinates, not %d"
              .formatted(length(), all.length()));
    }
    return all;
  }

  /** Decodes the opened sum of so many members' statistics. */
  OpenedCounts<Statistics> decode(RingVector sum, int members) {
    try {
      return new OpenedCounts.Sound<>(read(new CountReader(sum, members), members));
    } catch (GarbageException e) {
      return new OpenedCounts.Garbage<>(String.valueOf(e.getMessage()));
    }
  }

  private Statistics read(CountReader reader, int members) throws GarbageException {
    long all = reader.count(rows);
    List<ColumnStatistics> columns = new ArrayList<>();
    for (Feature feature : table.features()) {
      ColumnStatistics column =
          switch (feature) {
            case Feature.Numeric numeric ->
                numbers(reader, numeric.range().orElseThrow(), members * 2 * error());
            case Feature.OneHot oneHot ->
                new ColumnStatistics.OfLevels(reader.counts(rows, oneHot.levels().size()));
          };
      CountReader.require(
          column.present() <= all,
          "the column '%s' has at most as many values as there are rows"
              .formatted(feature.column()));
      columns.add(column);
    }
    Statistics statistics = new Statistics(all, columns, reader.counts(rows, table.classes()));
    long classified = statistics.classes().stream().mapToLong(Long::longValue).sum();
    CountReader.require(
        table.classes() == 0 || classified == all, "each row has one of the classes");
    return statistics;
  }

  private ColumnStatistics numbers(CountReader reader, ValueRange range, double error)
      throws GarbageException {
    double total = reader.real(totals);
    double squares = reader.real(totals);
    ColumnStatistics.OfNumbers numbers =
        new ColumnStatistics.OfNumbers(range, total, squares, reader.counts(rows, range.bins()));
    CountReader.require(
        squares <= total + error && total <= numbers.present() + error,
        "numbers lie in their range");
    return numbers;
  }
}
