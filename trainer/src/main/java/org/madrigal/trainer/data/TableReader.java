package org.madrigal.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.Levels;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.core.model.Target;

/** Encodes the rows of a CSV file into inputs and targets. */
final class TableReader {

  private final DataSpec.Table spec;
  private final Source.Csv source;
  private final Map<String, Levels> levels = new HashMap<>();
  private final FloatList features = new FloatList();
  private final FloatList targets = new FloatList();
  private int rows;
  private int skipped;
  private int incomplete;
  private long lastRow = -1;

  private TableReader(DataSpec.Table spec, Source.Csv source) {
    this.spec = spec;
    this.source = source;
    for (Feature feature : spec.features()) {
      if (feature instanceof Feature.OneHot oneHot) {
        levels.put(oneHot.column(), new Levels(oneHot.levels()));
      }
    }
    if (spec.target() instanceof Target.Classes classes) {
      levels.put(classes.column(), new Levels(classes.names()));
    }
  }

  static Samples read(DataSpec.Table spec, Source.Csv source) {
    return new TableReader(spec, source).read();
  }

  /** The inputs alone, of every row. */
  static Matrix inputs(DataSpec.Table spec, Path file, CsvFormat format) {
    return new TableReader(spec, new Source.Csv(file, format, RowSelection.ALL)).readInputs();
  }

  private Matrix readInputs() {
    new CsvFile(source.file(), source.format())
        .forEach(line -> {
          for (Feature feature : spec.features()) {
            if (isMissing(line, feature.column(), false) && spec.missing() != MissingPolicy.MEAN) {
              throw line.fault(
                  feature.column(), "stands for a missing value: the row cannot be predicted");
            }
            addFeature(line, feature);
          }
          rows++;
        });
    if (rows == 0) {
      throw new DataException("%s holds no rows to predict".formatted(source.file()));
    }
    return Matrix.takeOver(rows, spec.inputs(), features.toArray());
  }

  private Samples read() {
    RowSelection selection = source.rows();
    BitSet listed = selection.list().map(TableReader::listedRows).orElse(null);
    new CsvFile(source.file(), source.format())
        .forEach(line -> {
          lastRow = line.row();
          if ((listed == null || listed.get((int) Math.min(lastRow, Integer.MAX_VALUE)))
              && matches(line, selection.where())) {
            add(line);
          } else {
            skipped++;
          }
        });
    if (listed != null && listed.length() - 1 > lastRow) {
      throw new DataException(
          "%s names row %d, but %s ends at row %d"
              .formatted(
                  selection.list().orElseThrow().file(),
                  listed.length() - 1,
                  source.file(),
                  lastRow));
    }
    if (rows == 0) {
      throw new DataException(
          "%s leaves no rows: %d were not selected and %d had missing values"
              .formatted(source.file(), skipped, incomplete));
    }
    Samples samples =
        new Samples(
            Matrix.takeOver(rows, spec.inputs(), features.toArray()),
            Matrix.takeOver(rows, spec.targets(), targets.toArray()),
            spec.classes());
    return selection.holdout().map(holdout -> Parts.take(samples, holdout)).orElse(samples);
  }

  private void add(CsvFile.Line line) {
    boolean missing = false;
    for (String column : spec.target().columns()) {
      missing |= isMissing(line, column, true);
    }
    for (Feature feature : spec.features()) {
      missing |=
          isMissing(line, feature.column(), false) && spec.missing() == MissingPolicy.DROP_ROW;
    }
    if (missing) {
      incomplete++;
      return;
    }
    for (Feature feature : spec.features()) {
      addFeature(line, feature);
    }
    addTarget(line);
    rows++;
  }

  private boolean isMissing(CsvFile.Line line, String column, boolean target) {
    if (!spec.missingTokens().contains(line.text(column))) {
      return false;
    }
    if (spec.missing() == MissingPolicy.REFUSE) {
      throw line.fault(
          column,
          (target ? "stands for a missing target" : "stands for a missing value")
              + ", which the charter refuses");
    }
    return true;
  }

  private void addFeature(CsvFile.Line line, Feature feature) {
    if (isMissing(line, feature.column(), false)) {
      for (int i = 0; i < feature.width(); i++) {
        features.add(Float.NaN);
      }
      return;
    }
    switch (feature) {
      case Feature.Numeric numeric -> features.add((float) line.number(numeric.column()));
      case Feature.OneHot oneHot -> {
        int level = level(line, oneHot.column(), oneHot.levels());
        for (int i = oneHot.dropFirst() ? 1 : 0; i < oneHot.levels().size(); i++) {
          features.add(i == level ? 1 : 0);
        }
      }
    }
  }

  private void addTarget(CsvFile.Line line) {
    switch (spec.target()) {
      case Target.Numbers numbers -> {
        for (String column : numbers.columns()) {
          targets.add((float) line.number(column));
        }
      }
      case Target.Above above ->
          targets.add(line.number(above.column()) > above.threshold() ? 1 : 0);
      case Target.Classes classes -> targets.add(level(line, classes.column(), classes.names()));
    }
  }

  private int level(CsvFile.Line line, String column, List<String> names) {
    Levels known = levels.get(column);
    if (known == null) {
      throw new IllegalStateException("No levels were prepared for the column " + column);
    }
    return known
        .index(line.text(column))
        .orElseThrow(() -> line.fault(column, "is none of " + names));
  }

  private static boolean matches(CsvFile.Line line, Map<String, String> where) {
    for (Map.Entry<String, String> condition : where.entrySet()) {
      if (!Levels.same(line.text(condition.getKey()), condition.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static BitSet listedRows(RowSelection.SplitList list) {
    BitSet rows = new BitSet();
    new CsvFile(list.file(), CsvFormat.HEADER)
        .forEach(line -> {
          if (matches(line, list.where())) {
            double row = line.number(list.rowColumn());
            if (row < 0 || row > 1e9 || row != Math.rint(row)) {
              throw line.fault(list.rowColumn(), "is not the number of a row");
            }
            if (rows.get((int) row)) {
              throw line.fault(list.rowColumn(), "is listed twice");
            }
            rows.set((int) row);
          }
        });
    if (rows.isEmpty()) {
      throw new DataException("%s names no row with %s".formatted(list.file(), list.where()));
    }
    return rows;
  }

  /** A list of singles without boxes. */
  private static final class FloatList {
    private float[] values = new float[1024];
    private int size;

    void add(float value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
      }
      values[size++] = value;
    }

    float[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }

  /** Draws the parts of a hold-out. */
  private static final class Parts {
    static Samples take(Samples samples, RowSelection.Holdout holdout) {
      int groups = Math.max(1, samples.classes());
      List<List<Integer>> byClass = new ArrayList<>();
      for (int i = 0; i < groups; i++) {
        byClass.add(new ArrayList<>());
      }
      for (int i = 0; i < samples.rows(); i++) {
        byClass.get(samples.classes() == 0 ? 0 : (int) samples.targets().at(i, 0)).add(i);
      }
      BitSet test = new BitSet(samples.rows());
      RandomStream random = RandomStream.of("madrigal/holdout/1", holdout.seed());
      for (List<Integer> group : byClass) {
        int count = (int) Math.rint(group.size() * holdout.testFraction());
        int[] order = random.permutation(group.size());
        for (int i = 0; i < count; i++) {
          test.set(group.get(order[i]));
        }
      }
      int[] taken =
          java.util.stream.IntStream.range(0, samples.rows())
              .filter(i -> test.get(i) == (holdout.part() == Split.TEST))
              .toArray();
      if (taken.length == 0) {
        throw new DataException(
            "A hold-out of %s leaves no %s rows of %d"
                .formatted(holdout.testFraction(), holdout.part().kind(), samples.rows()));
      }
      return samples.select(taken);
    }
  }
}
