package org.madrigal.app.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.Json;
import org.madrigal.core.model.ColumnStatistics;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.ScoreHistogram;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.Tally;

/** What the members learned together of all their rows, for people and as JSON. */
public final class JointFigures {

  private static final double[] QUARTILES = {0.25, 0.5, 0.75};

  private JointFigures() {}

  // ---- statistics -------------------------------------------------------------------------------

  /** All statistics of the training rows. */
  public static Map<String, @Nullable Object> json(DataSpec.Table table, Statistics statistics) {
    List<Object> features = new ArrayList<>();
    for (int i = 0; i < table.features().size(); i++) {
      features.add(
          json(table.features().get(i), statistics.columns().get(i), statistics.missing(i)));
    }
    return Json.object()
        .put("rows", statistics.rows())
        .put("features", features)
        .put("classes", statistics.classes())
        .map();
  }

  private static Map<String, @Nullable Object> json(
      Feature feature, ColumnStatistics column, long missing) {
    Json json =
        Json.object()
            .put("column", feature.column())
            .put("present", column.present())
            .put("missing", missing);
    return switch (column) {
      case ColumnStatistics.OfNumbers numbers ->
          json.put("mean", numbers.mean())
              .put("deviation", Math.sqrt(numbers.variance()))
              .put(
                  "quartiles",
                  List.of(
                      numbers.quantile(QUARTILES[0]),
                      numbers.quantile(QUARTILES[1]),
                      numbers.quantile(QUARTILES[2])))
              .put("histogram", numbers.histogram())
              .map();
      case ColumnStatistics.OfLevels levels -> json.put("levels", levels.counts()).map();
    };
  }

  /** The statistics, a line for each feature. */
  public static List<String> lines(DataSpec.Table table, Statistics statistics) {
    List<String> lines = new ArrayList<>();
    lines.add("%d training rows of all members".formatted(statistics.rows()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  %-16s %8s %10s %10s %10s %10s %10s",
            "column",
            "missing",
            "mean",
            "deviation",
            "quarter",
            "half",
            "3 quarters"));
    for (int i = 0; i < table.features().size(); i++) {
      lines.add(line(table.features().get(i), statistics.columns().get(i), statistics.missing(i)));
    }
    if (!statistics.classes().isEmpty()) {
      lines.add("  rows of each class: " + statistics.classes());
    }
    return List.copyOf(lines);
  }

  private static String line(Feature feature, ColumnStatistics column, long missing) {
    String start = String.format(Locale.ROOT, "  %-16s %8d", feature.column(), missing);
    return switch (column) {
      case ColumnStatistics.OfNumbers numbers ->
          start
              + String.format(
                  Locale.ROOT,
                  " %10.4g %10.4g %10.4g %10.4g %10.4g",
                  numbers.mean(),
                  Math.sqrt(numbers.variance()),
                  numbers.quantile(QUARTILES[0]),
                  numbers.quantile(QUARTILES[1]),
                  numbers.quantile(QUARTILES[2]));
      case ColumnStatistics.OfLevels levels -> start + " levels " + shares(feature, levels);
    };
  }

  private static String shares(Feature feature, ColumnStatistics.OfLevels levels) {
    List<String> shares = new ArrayList<>();
    List<String> names = feature instanceof Feature.OneHot oneHot ? oneHot.levels() : List.of();
    for (int i = 0; i < names.size(); i++) {
      shares.add(String.format(Locale.ROOT, "%s %.1f %%", names.get(i), 100 * levels.mean(i)));
    }
    return String.join(", ", shares);
  }

  // ---- evaluation -------------------------------------------------------------------------------

  /** All that the evaluation of a model gave. */
  public static Map<String, @Nullable Object> json(Tally tally) {
    Json json =
        Json.object()
            .put("rows", tally.rows())
            .put("loss", orNull(tally.meanLoss()))
            .put("accuracy", orNull(tally.accuracy()))
            .put("confusion", tally.confusion());
    tally.scores().ifPresent(scores -> put(json, scores));
    return json.map();
  }

  private static void put(Json json, ScoreHistogram scores) {
    json.put("auc", orNull(scores.auc()))
        .put("aucError", scores.aucError())
        .put("calibrationError", orNull(scores.calibrationError()))
        .put(
            "reliability",
            scores.reliability().stream()
                .map(group ->
                    Json.object()
                        .put("rows", group.rows())
                        .put("predicted", group.predicted())
                        .put("observed", group.observed())
                        .map())
                .toList());
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /** The evaluation, in a few lines. */
  public static List<String> lines(Tally tally) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d test rows of all members: loss %s, accuracy %s"
            .formatted(tally.rows(), text(tally.meanLoss()), text(tally.accuracy())));
    tally
        .scores()
        .ifPresent(scores -> {
          lines.add(
              String.format(
                  Locale.ROOT,
                  "  AUC %s, at most %.4f off; calibration error %s",
                  text(scores.auc()),
                  scores.aucError(),
                  text(scores.calibrationError())));
          scores.reliability().stream()
              .filter(group -> group.rows() > 0)
              .forEach(group ->
                  lines.add(
                      String.format(
                          Locale.ROOT,
                          "  predicted %.3f  observed %.3f  in %d rows",
                          group.predicted(),
                          group.observed(),
                          group.rows())));
        });
    for (int actual = 0; actual < tally.confusion().size(); actual++) {
      lines.add(
          "  class %d was taken for the classes so often: %s"
              .formatted(actual, tally.confusion().get(actual)));
    }
    return List.copyOf(lines);
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "-";
  }
}
