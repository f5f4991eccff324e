package org.madrigal.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Exact linear algebra over the integers modulo a large prime, with unknowns that have names. A
 * space is kept by rows in reduced echelon form, pivots first.
 */
final class Elimination {

  private static final long PRIME = (1L << 31) - 1;

  private final SortedMap<String, NavigableMap<String, Long>> rows = new TreeMap<>();

  /** Adds {@code combination} to the space; whether it was not in it before. */
  boolean add(Map<String, Integer> combination) {
    TreeMap<String, Long> row = new TreeMap<>();
    combination.forEach((unknown, factor) -> put(row, unknown, Math.floorMod(factor, PRIME)));
    return insert(row);
  }

  private boolean insert(NavigableMap<String, Long> row) {
    for (Map.Entry<String, NavigableMap<String, Long>> pivot : rows.entrySet()) {
      long factor = row.getOrDefault(pivot.getKey(), 0L);
      if (factor != 0) {
        subtract(row, pivot.getValue(), factor);
      }
    }
    if (row.isEmpty()) {
      return false;
    }
    String pivot = row.firstKey();
    scale(row, inverse(row.firstEntry().getValue()));
    for (NavigableMap<String, Long> other : rows.values()) {
      long factor = other.getOrDefault(pivot, 0L);
      if (factor != 0) {
        subtract(other, row, factor);
      }
    }
    rows.put(pivot, row);
    return true;
  }

  /** Whether {@code combination} is in the space. */
  boolean contains(Map<String, Integer> combination) {
    Elimination longer = new Elimination();
    rows.values().forEach(row -> longer.insert(new TreeMap<>(row)));
    return !longer.add(combination);
  }

  /** The number of independent rows. */
  int rank() {
    return rows.size();
  }

  /** All rows in whose names nothing starts with {@code prefix}: what is left without those. */
  List<NavigableMap<String, Long>> without(String prefix) {
    List<NavigableMap<String, Long>> left = new ArrayList<>();
    for (NavigableMap<String, Long> row : rows.values()) {
      if (row.keySet().stream().noneMatch(unknown -> unknown.startsWith(prefix))) {
        left.add(row);
      }
    }
    return left;
  }

  /** Adds a row of another space. */
  boolean addRow(NavigableMap<String, Long> row) {
    return insert(new TreeMap<>(row));
  }

  /** The unknowns that are known alone: in reduced form such a row has one entry. */
  List<String> known() {
    return rows.values().stream()
        .filter(row -> row.size() == 1)
        .map(NavigableMap::firstKey)
        .toList();
  }

  private static void put(NavigableMap<String, Long> row, String unknown, long value) {
    if (value == 0) {
      row.remove(unknown);
    } else {
      row.put(unknown, value);
    }
  }

  private static void subtract(
      NavigableMap<String, Long> from, NavigableMap<String, Long> row, long factor) {
    for (Map.Entry<String, Long> each : row.entrySet()) {
      long left =
          Math.floorMod(
              from.getOrDefault(each.getKey(), 0L) - factor * each.getValue() % PRIME, PRIME);
      put(from, each.getKey(), left);
    }
  }

  private static void scale(NavigableMap<String, Long> row, long factor) {
    row.replaceAll((unknown, value) -> value * factor % PRIME);
  }

  /** By Fermat. */
  private static long inverse(long value) {
    long result = 1;
    long power = value;
    for (long exponent = PRIME - 2; exponent > 0; exponent >>= 1) {
      if ((exponent & 1) == 1) {
        result = result * power % PRIME;
      }
      power = power * power % PRIME;
    }
    return result;
  }
}
