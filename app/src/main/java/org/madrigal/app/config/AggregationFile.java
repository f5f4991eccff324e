package org.madrigal.app.config;

import java.util.Optional;
import org.madrigal.app.yaml.Kind;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;
import org.madrigal.core.protocol.Aggregation;
import org.madrigal.core.protocol.Aggregation.CentredClipping;
import org.madrigal.core.protocol.Aggregation.GeometricMedian;
import org.madrigal.core.protocol.Aggregation.Krum;
import org.madrigal.core.protocol.Aggregation.Mean;
import org.madrigal.core.protocol.Aggregation.Median;
import org.madrigal.core.protocol.Aggregation.Rule;
import org.madrigal.core.protocol.Aggregation.TrimmedMean;
import org.madrigal.core.protocol.Charter;

/** Reads {@code training.aggregation} of a charter file. */
final class AggregationFile {

  private AggregationFile() {}

  static Aggregation read(Section training) {
    return training.optional("aggregation").map(AggregationFile::read).orElse(Aggregation.MEAN);
  }

  private static Aggregation read(Value value) {
    Section section = value.section("rule", "clip", "bucket");
    Rule rule = section.optional("rule").map(AggregationFile::rule).orElseGet(Mean::new);
    Optional<Double> clip = section.optional("clip").map(Value::real);
    int bucket =
        section.optional("bucket").map(v -> v.smallInteger(1, Charter.MAX_MEMBERS)).orElse(1);
    return value.checked(() -> new Aggregation(rule, clip, bucket));
  }

  private static Rule rule(Value value) {
    Kind kind =
        value.kind(
            "mean", "median", "trimmed-mean", "krum", "geometric-median", "centred-clipping");
    return kind.value()
        .checked(() ->
            switch (kind.name()) {
              case "mean" -> {
                kind.nothingToSet();
                yield new Mean();
              }
              case "median" -> {
                kind.nothingToSet();
                yield new Median();
              }
              case "trimmed-mean" -> new TrimmedMean(members(kind.section("cut").required("cut")));
              case "krum" -> {
                Section s = kind.section("tolerated", "selected");
                yield new Krum(
                    members(s.required("tolerated")),
                    s.optional("selected").map(AggregationFile::members).orElse(1));
              }
              case "geometric-median" -> {
                Section s = kind.section("steps", "smoothing");
                yield new GeometricMedian(steps(s, 8), CharterFile.real(s, "smoothing", 1e-6));
              }
              default -> {
                Section s = kind.section("radius", "steps");
                yield new CentredClipping(s.required("radius").real(), steps(s, 1));
              }
            });
  }

  private static int members(Value value) {
    return value.smallInteger(1, Charter.MAX_MEMBERS);
  }

  private static int steps(Section section, int absent) {
    return section
        .optional("steps")
        .map(v -> v.smallInteger(1, Aggregation.MAX_STEPS))
        .orElse(absent);
  }
}
