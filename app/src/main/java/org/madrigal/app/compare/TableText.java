package org.madrigal.app.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes a comparison as a table in Markdown that also reads well as it is. */
final class TableText {

  private static final List<String> HEADINGS =
      List.of(
          "method",
          "mean: published",
          "mean: here",
          "pooled test: published",
          "pooled test: here",
          "allowed",
          "verdict");

  private TableText() {}

  /** The lines of the table; a column that would be empty is left out. */
  static List<String> of(List<Measured> rows) {
    List<List<String>> filled = rows.stream().map(TableText::cells).toList();
    List<Integer> columns =
        IntStream.range(0, HEADINGS.size())
            .filter(column -> filled.stream().anyMatch(line -> !line.get(column).isEmpty()))
            .boxed()
            .toList();
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns.stream().map(HEADINGS::get).toList());
    filled.forEach(line -> cells.add(columns.stream().map(line::get).toList()));
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      int at = column;
      widths.add(cells.stream().mapToInt(line -> line.get(at).length()).max().orElse(0));
    }
    List<String> lines = new ArrayList<>();
    for (List<String> line : cells) {
      lines.add(line(line, widths));
      if (lines.size() == 1) {
        lines.add(line(widths.stream().map("-"::repeat).toList(), widths));
      }
    }
    return lines;
  }

  private static List<String> cells(Measured measured) {
    Optional<Published> mean = measured.row().mean();
    Optional<Published> pooled = measured.row().pooledTest();
    return List.of(
        measured.row().name(),
        mean.map(TableText::figure).orElse(""),
        figure(measured.mean()),
        pooled.map(TableText::figure).orElse(""),
        figure(measured.pooledTest()),
        pooled.flatMap(Published::within).map(within -> "± " + decimals(within, 4)).orElse(""),
        verdict(measured));
  }

  private static String verdict(Measured measured) {
    boolean judged =
        Stream.of(measured.row().mean(), measured.row().pooledTest())
            .flatMap(Optional::stream)
            .anyMatch(published -> published.within().isPresent());
    if (!judged) {
      return "";
    }
    return measured.passes() ? "met" : "MISSED";
  }

  private static String figure(Published published) {
    return decimals(published.value(), 4)
        + published.deviation().map(deviation -> spread(deviation)).orElse("");
  }

  private static String figure(Sample sample) {
    return decimals(sample.mean(), 4)
        + (sample.values().size() < 2 ? "" : spread(sample.deviation()));
  }

  private static String spread(double deviation) {
    return " (" + decimals(deviation, 3) + ")";
  }

  private static String decimals(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      line.append(' ').append(cell).append(" ".repeat(widths.get(i) - cell.length())).append(" |");
    }
    return line.toString();
  }
}
