package org.madrigal.simulation;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.crypto.Digest;

/**
 * What came of a seed.
 *
 * @param seed the seed
 * @param scenario what happened under it, in one line
 * @param rounds how many rounds gave a model
 * @param events how many things happened
 * @param counts what went wrong, and how often
 * @param violation the first promise that was broken, if one was
 * @param trace the digest of everything that happened
 * @param lines the same for people; none unless it was asked for
 */
public record Report(
    long seed,
    String scenario,
    int rounds,
    long events,
    SortedMap<String, Long> counts,
    Optional<String> violation,
    Digest trace,
    List<String> lines) {

  /** Copies the collections. */
  public Report {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    lines = List.copyOf(lines);
  }

  /** The same with another verdict. */
  Report with(String broken) {
    return new Report(seed, scenario, rounds, events, counts, Optional.of(broken), trace, lines);
  }
}
