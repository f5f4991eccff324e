package org.madrigal.app.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;
import org.madrigal.app.yaml.YamlDocument;
import org.madrigal.core.protocol.MemberId;

/**
 * Reads the file of a comparison.
 *
 * <pre>
 * title: Fed-Heart-Disease
 * rows:
 *   - name: FedYogi
 *     charter: fed-yogi.yaml       # beside this file
 *     train: federation            # the default; or pooled; or a member's name, which trains alone
 *     mean: PUBLISHED              # accuracy, the mean over the members' test rows
 *     pooled-test: PUBLISHED       # accuracy on all test rows
 * </pre>
 *
 * <p>A published figure is {value: 0.7787, deviation: 0.015, within: 1.5} with {@code within}
 * counted in deviations, or {value: 0.784, within: 0.02}, or without {@code within} only shown.
 *
 * @param title the heading of the table
 * @param rows its rows
 */
record TableFile(String title, List<Row> rows) {

  TableFile {
    rows = List.copyOf(rows);
  }

  /**
   * Reads {@code file}.
   *
   * @throws org.madrigal.app.yaml.YamlException with the place of what is wrong
   */
  static TableFile read(Path file) {
    Section root = YamlDocument.read(file).section("title", "rows");
    return new TableFile(
        root.required("title").text(),
        root.required("rows").list().stream().map(row -> row(row, file)).toList());
  }

  private static Row row(Value value, Path file) {
    Section row = value.section("name", "charter", "train", "mean", "pooled-test");
    return new Row(
        row.required("name").text(),
        file.resolveSibling(row.required("charter").text()),
        row.optional("train").map(TableFile::trained).orElseGet(Row.Federation::new),
        row.optional("mean").map(TableFile::published),
        row.optional("pooled-test").map(TableFile::published));
  }

  private static Row.Trained trained(Value value) {
    return switch (value.text()) {
      case "federation" -> new Row.Federation();
      case "pooled" -> new Row.Pooled();
      default -> new Row.Only(value.checked(() -> new MemberId(value.text())));
    };
  }

  private static Published published(Value value) {
    Section figure = value.section("value", "deviation", "within");
    Optional<Double> deviation = figure.optional("deviation").map(Value::real);
    Optional<Double> within = figure.optional("within").map(w -> w.real() * deviation.orElse(1.0));
    return new Published(figure.required("value").real(), deviation, within);
  }
}
