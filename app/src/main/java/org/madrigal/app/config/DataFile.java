package org.madrigal.app.config;

import java.util.List;
import java.util.Optional;
import org.madrigal.app.yaml.Kind;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.core.model.Normalisation;
import org.madrigal.core.model.Shape;
import org.madrigal.core.model.Target;
import org.madrigal.core.model.ValueRange;

/** Reads what a charter file says of the members' data. */
final class DataFile {

  private DataFile() {}

  static DataSpec data(Value value) {
    Kind kind = value.kind("table", "images");
    return kind.name().equals("table") ? table(kind) : images(kind);
  }

  private static DataSpec table(Kind kind) {
    Section table = kind.section("features", "target", "ignored", "missing", "normalisation");
    List<Feature> features =
        table.required("features").list().stream().map(DataFile::feature).toList();
    Target target = target(table.required("target"));
    List<String> ignored = table.optional("ignored").map(Value::texts).orElse(List.of());
    Optional<Section> missing =
        table.optional("missing").map(value -> value.section("tokens", "policy"));
    List<String> tokens =
        missing.flatMap(s -> s.optional("tokens")).map(Value::texts).orElse(List.of(""));
    MissingPolicy policy =
        missing
            .map(s -> s.required("policy"))
            .map(value -> value.choice(List.of(MissingPolicy.values()), MissingPolicy::kind))
            .orElse(MissingPolicy.REFUSE);
    Normalisation normalisation =
        table
            .optional("normalisation")
            .map(value -> value.choice(List.of(Normalisation.values()), Normalisation::kind))
            .orElse(Normalisation.NONE);
    return table
        .value()
        .checked(
            () -> new DataSpec.Table(features, target, ignored, tokens, policy, normalisation));
  }

  private static Feature feature(Value value) {
    if (value.isText()) {
      return value.checked(() -> new Feature.Numeric(value.text()));
    }
    Section one = value.section("column", "levels", "drop-first", "range", "bins");
    String column = one.required("column").text();
    Optional<Value> levels = one.optional("levels");
    if (levels.isEmpty()) {
      Optional<ValueRange> range = range(one);
      return value.checked(() -> new Feature.Numeric(column, range));
    }
    one.optional("range")
        .or(() -> one.optional("bins"))
        .ifPresent(given -> {
          throw given.wrong("Levels have no range and no bins; a column of numbers has.");
        });
    boolean dropFirst = one.optional("drop-first").map(Value::flag).orElse(false);
    List<String> names = levels.get().texts();
    return value.checked(() -> new Feature.OneHot(column, names, dropFirst));
  }

  private static Optional<ValueRange> range(Section feature) {
    Optional<Value> bins = feature.optional("bins");
    Optional<Value> range = feature.optional("range");
    if (range.isEmpty()) {
      bins.ifPresent(given -> {
        throw given.wrong("Only a column with a range has bins, such as range: [0, 100].");
      });
      return Optional.empty();
    }
    List<Double> ends = range.get().list().stream().map(Value::real).toList();
    if (ends.size() != 2) {
      throw range.get().wrong("A range is two numbers, such as [0, 100], not " + ends + ".");
    }
    int count =
        bins.map(b -> b.smallInteger(2, ValueRange.MAX_BINS)).orElse(ValueRange.DEFAULT_BINS);
    return range.map(value -> value.checked(() -> new ValueRange(ends.get(0), ends.get(1), count)));
  }

  private static Target target(Value value) {
    Kind kind = value.kind("numbers", "above", "classes");
    return kind.value()
        .checked(() ->
            switch (kind.name()) {
              case "numbers" -> new Target.Numbers(kind.value().texts());
              case "above" -> {
                Section s = kind.section("column", "threshold");
                yield new Target.Above(s.required("column").text(), s.required("threshold").real());
              }
              default -> {
                Section s = kind.section("column", "names");
                yield new Target.Classes(s.required("column").text(), s.required("names").texts());
              }
            });
  }

  private static DataSpec images(Kind kind) {
    Section images = kind.section("shape", "classes", "divisor");
    Shape shape = ModelFile.shape(images.required("shape"));
    int classes = images.required("classes").smallInteger(2, 1024);
    double divisor = CharterFile.real(images, "divisor", 255);
    return images.value().checked(() -> new DataSpec.Images(shape, classes, divisor));
  }
}
