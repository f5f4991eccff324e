package org.madrigal.core.model;

import java.util.HashSet;
import java.util.List;

/** Checks of the names that a charter gives to columns, levels and classes. */
final class Names {

  private static final int MAX_LENGTH = 200;
  private static final int MAX_LEVELS = 1024;

  private Names() {}

  static void checkColumn(String name) {
    check("A column's name", name);
  }

  static List<String> checkColumns(String what, List<String> columns, int least, int most) {
    return checkAll(what, columns, least, most);
  }

  static List<String> checkLevels(String what, List<String> levels) {
    List<String> copy = checkAll(what, levels, 2, MAX_LEVELS);
    try {
      Levels _ = new Levels(copy);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
    }
    return copy;
  }

  /** Checks text that may be empty, such as a token for a missing value. */
  static void checkToken(String token) {
    if (token.length() > MAX_LENGTH || !token.equals(token.strip())) {
      throw new IllegalArgumentException(
          "A token for missing values has at most %d characters and no space around it, not '%s'"
              .formatted(MAX_LENGTH, token));
    }
  }

  private static List<String> checkAll(String what, List<String> names, int least, int most) {
    List<String> copy = List.copyOf(names);
    if (copy.size() < least || copy.size() > most) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, not %d".formatted(what, least, most, copy.size()));
    }
    for (String name : copy) {
      check(what, name);
    }
    if (new HashSet<>(copy).size() != copy.size()) {
      throw new IllegalArgumentException(what + " must differ from each other, not " + copy);
    }
    return copy;
  }

  private static void check(String what, String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH || !name.equals(name.strip())) {
      throw new IllegalArgumentException(
          "%s: 1 to %d characters without space around them are expected, not '%s'"
              .formatted(what, MAX_LENGTH, name));
    }
  }
}
