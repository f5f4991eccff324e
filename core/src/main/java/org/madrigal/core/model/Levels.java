package org.madrigal.core.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Finds a value among named levels. A value is a level if both are the same text (without the space
 * around it), or both are numbers and equal: {@code 1}, {@code 1.0} and {@code 1e0} are one level.
 */
public final class Levels {

  private final Map<String, Integer> indexes = new HashMap<>();

  /**
   * The levels in their order.
   *
   * @throws IllegalArgumentException if two of them are the same value
   */
  public Levels(List<String> levels) {
    for (int i = 0; i < levels.size(); i++) {
      if (indexes.putIfAbsent(canonical(levels.get(i)), i) != null) {
        throw new IllegalArgumentException(
            "'%s' is there twice in %s".formatted(levels.get(i), levels));
      }
    }
  }

  /** The place of {@code value} among the levels, counted from 0. */
  public OptionalInt index(String value) {
    Integer index = indexes.get(canonical(value));
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** Whether two texts are the same value. */
  public static boolean same(String left, String right) {
    return canonical(left).equals(canonical(right));
  }

  private static String canonical(String value) {
    String text = value.strip();
    if (text.isEmpty() || text.length() > 40) {
      return text;
    }
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
        return text;
      }
    }
    try {
      return Double.toString(Double.parseDouble(text) + 0.0); // -0 becomes 0
    } catch (NumberFormatException e) {
      return text; // such as "-" or "1e": a text like any other
    }
  }
}
