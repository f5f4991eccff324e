package org.madrigal.app.chronicle;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;

/**
 * What members said in the open that they measured, as means over all their rows. Figures of
 * training belong to the round; those of test rows to the model that the round began with.
 */
final class Measured {

  static final String TRAIN = "train.";
  static final String TEST = "test.";
  private static final String SAMPLES = "samples";

  private final Map<MemberId, Metrics> said = new HashMap<>();

  void add(MemberId member, Metrics metrics) {
    said.put(member, metrics);
  }

  /** How many members said something. */
  int count() {
    return said.size();
  }

  /** Those whose names begin with {@code prefix}. */
  SortedMap<String, Double> means(String prefix) {
    TreeMap<String, Double> sums = new TreeMap<>();
    TreeMap<String, Double> weights = new TreeMap<>();
    double rows = 0;
    for (Metrics metrics : said.values()) {
      Double samples = metrics.values().get(prefix + SAMPLES);
      double weight = samples == null ? 1 : Math.max(0, samples);
      rows += samples == null ? 0 : weight;
      metrics
          .values()
          .forEach((name, value) -> {
            if (name.startsWith(prefix) && !name.endsWith(SAMPLES) && weight > 0) {
              sums.merge(name, value * weight, Double::sum);
              weights.merge(name, weight, Double::sum);
            }
          });
    }
    sums.replaceAll((name, sum) -> sum / weights.getOrDefault(name, 1.0));
    if (rows > 0) {
      sums.put(prefix + SAMPLES, rows);
    }
    return sums;
  }

  /** Those of {@code figures} whose names begin with {@code prefix}. */
  static SortedMap<String, Double> of(String prefix, SortedMap<String, Double> figures) {
    TreeMap<String, Double> some = new TreeMap<>(figures);
    some.keySet().removeIf(name -> !name.startsWith(prefix));
    return some;
  }
}
