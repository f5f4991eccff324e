package org.madrigal.simulation;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of many seeds.
 *
 * @param seeds how many were played, each of them twice
 * @param rounds how many rounds gave a model
 * @param events how many things happened
 * @param counts what went wrong, and how often
 * @param violations the seeds under which a promise was broken
 */
public record Totals(
    long seeds, long rounds, long events, SortedMap<String, Long> counts, List<Report> violations) {

  /** Copies the collections. */
  public Totals {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    violations = List.copyOf(violations);
  }
}
