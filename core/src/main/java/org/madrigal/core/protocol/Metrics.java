package org.madrigal.core.protocol;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a member measured and says so in the open: names and finite numbers, sorted by name.
 *
 * @param values at most {@link #MAX_COUNT} values; names of 1 to 40 lower-case letters, digits,
 *     dots and hyphens
 */
public record Metrics(SortedMap<String, Double> values) {

  /** The most values in one statement. */
  public static final int MAX_COUNT = 32;

  /** No values. */
  public static final Metrics NONE = new Metrics(new TreeMap<>());

  /** Refuses too many values, names out of form and numbers that are not finite. */
  public Metrics {
    if (values.size() > MAX_COUNT) {
      throw new IllegalArgumentException(
          "A statement carries at most %d metrics, not %d".formatted(MAX_COUNT, values.size()));
    }
    for (Map.Entry<String, Double> value : values.entrySet()) {
      if (!value.getKey().matches("[a-z0-9.-]{1,40}")) {
        throw new IllegalArgumentException(
            "'%s' is not the name of a metric".formatted(value.getKey()));
      }
      if (!Double.isFinite(value.getValue())) {
        throw new IllegalArgumentException(
            "The metric '%s' is %s; it must be finite".formatted(value.getKey(), value.getValue()));
      }
    }
    values = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }
}
