package org.madrigal.simulation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often what happened, by name. */
final class Counts {

  private final SortedMap<String, Long> counts = new TreeMap<>();

  /** One more of {@code kind}. */
  void count(String kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  /** All of another tally, too. */
  void add(SortedMap<String, Long> others) {
    others.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
  }

  /** How often there was {@code kind}. */
  long of(String kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** By kind. */
  SortedMap<String, Long> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }
}
