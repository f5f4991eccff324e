package org.madrigal.app.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.Levels;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.trainer.data.Matrix;

/** Rows as JSON, checked against what the charter says of data, on the way to a model. */
final class Rows {

  private static final int MOST = 1_000;
  private static final int MOST_VALUES = 4_000_000;

  private final DataSpec spec;
  private final Map<String, Levels> levels = new HashMap<>();
  private int row;

  private Rows(DataSpec spec) {
    this.spec = spec;
    if (spec instanceof DataSpec.Table table) {
      for (Feature feature : table.features()) {
        if (feature instanceof Feature.OneHot oneHot) {
          levels.put(oneHot.column(), new Levels(oneHot.levels()));
        }
      }
    }
  }

  /** The inputs, NaN where a value is missing. */
  static Matrix of(DataSpec spec, JsonNode rows) throws Problem {
    if (rows.isEmpty() || rows.size() > MOST) {
      throw new Problem(
          422, "There are 1 to %d rows in one request, not %d.".formatted(MOST, rows.size()));
    }
    if ((long) rows.size() * spec.inputs() > MOST_VALUES) {
      throw new Problem(
          422,
          "%d rows of %d inputs are too many for one request; send at most %d rows at once."
              .formatted(rows.size(), spec.inputs(), Math.max(1, MOST_VALUES / spec.inputs())));
    }
    return new Rows(spec).read(rows);
  }

  private Matrix read(JsonNode rows) throws Problem {
    float[] values = new float[rows.size() * spec.inputs()];
    for (row = 0; row < rows.size(); row++) {
      int from = row * spec.inputs();
      switch (spec) {
        case DataSpec.Table table -> read(table, rows.get(row), values, from);
        case DataSpec.Images images -> read(images, rows.get(row), values, from);
      }
    }
    return Matrix.takeOver(rows.size(), spec.inputs(), values);
  }

  private void read(DataSpec.Images images, JsonNode pixels, float[] into, int from)
      throws Problem {
    if (!pixels.isArray() || pixels.size() != images.inputs()) {
      throw wrong(
          "is an array of %d pixels, row by row, not %s".formatted(images.inputs(), size(pixels)));
    }
    for (int i = 0; i < images.inputs(); i++) {
      JsonNode pixel = pixels.get(i);
      if (!pixel.isIntegralNumber() || pixel.asLong() < 0 || pixel.asLong() > 255) {
        throw wrong(
            "has the pixel %s; pixels are whole numbers from 0 to 255".formatted(cut(pixel)));
      }
      into[from + i] = (float) (pixel.asInt() / images.divisor());
    }
  }

  private static String size(JsonNode value) {
    return value.isArray() ? Integer.toString(value.size()) : cut(value);
  }

  private void read(DataSpec.Table table, JsonNode given, float[] into, int from) throws Problem {
    List<Feature> features = table.features();
    if (given.isObject()) {
      checkNames(features, given);
    } else if (!given.isArray() || given.size() != features.size()) {
      throw wrong(
          "is an object with the columns as names, or an array of %d values, not %s"
              .formatted(features.size(), size(given)));
    }
    int at = from;
    for (int i = 0; i < features.size(); i++) {
      Feature feature = features.get(i);
      JsonNode value = given.isObject() ? given.path(feature.column()) : given.get(i);
      write(table, feature, value, into, at);
      at += feature.width();
    }
  }

  private void checkNames(List<Feature> features, JsonNode given) throws Problem {
    TreeSet<String> unknown = new TreeSet<>();
    given.fieldNames().forEachRemaining(unknown::add);
    for (Feature feature : features) {
      if (!unknown.remove(feature.column())) {
        throw wrong("lacks the column '%s'".formatted(feature.column()));
      }
    }
    if (!unknown.isEmpty()) {
      throw wrong("has the column '%s', which is no input".formatted(Query.cut(unknown.first())));
    }
  }

  private void write(DataSpec.Table table, Feature feature, JsonNode value, float[] into, int at)
      throws Problem {
    if (value.isNull() || (value.isTextual() && table.missingTokens().contains(value.asText()))) {
      if (table.missing() != MissingPolicy.MEAN) {
        throw wrong(
            "has no value in the column '%s', so that it cannot be predicted"
                .formatted(feature.column()));
      }
      java.util.Arrays.fill(into, at, at + feature.width(), Float.NaN);
      return;
    }
    switch (feature) {
      case Feature.Numeric numeric -> into[at] = number(numeric.column(), value);
      case Feature.OneHot oneHot -> {
        int level = level(oneHot, value);
        int skip = oneHot.dropFirst() ? 1 : 0;
        for (int i = skip; i < oneHot.levels().size(); i++) {
          into[at + i - skip] = i == level ? 1 : 0;
        }
      }
    }
  }

  private float number(String column, JsonNode value) throws Problem {
    Optional<Float> number = Optional.empty();
    if (value.isNumber()) {
      number = Optional.of(value.floatValue());
    } else if (value.isTextual() && value.asText().length() <= 40) {
      try {
        number = Optional.of((float) Double.parseDouble(value.asText().strip()));
      } catch (NumberFormatException e) {
        number = Optional.empty();
      }
    }
    return number
        .filter(Float::isFinite)
        .orElseThrow(() ->
            wrong("has %s in the column '%s', which holds numbers".formatted(cut(value), column)));
  }

  private int level(Feature.OneHot feature, JsonNode value) throws Problem {
    Levels known = levels.get(feature.column());
    OptionalInt level =
        known != null && value.isValueNode() ? known.index(value.asText()) : OptionalInt.empty();
    return level.orElseThrow(() ->
        wrong(
            "has %s in the column '%s', which holds one of %s"
                .formatted(cut(value), feature.column(), feature.levels())));
  }

  private Problem wrong(String clause) {
    return new Problem(422, "Row %d (the first is 0) %s.".formatted(row, clause));
  }

  private static String cut(JsonNode value) {
    return Query.cut(value.toString());
  }
}
