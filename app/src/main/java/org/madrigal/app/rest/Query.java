package org.madrigal.app.rest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** The parameters of a request, every one of them known and given once. */
public final class Query {

  static final String AFTER = "after";
  static final String LIMIT = "limit";
  static final String ORDER = "order";
  private static final int USUAL_LIMIT = 100;
  private static final int MOST = 1_000;

  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Checks the names.
   *
   * @param given the values by name
   * @param known the names that the endpoint knows
   */
  public static Query of(Map<String, List<String>> given, Set<String> known) throws Problem {
    TreeMap<String, String> values = new TreeMap<>();
    for (Map.Entry<String, List<String>> each : given.entrySet()) {
      String name = each.getKey();
      if (!known.contains(name)) {
        throw new Problem(
            400,
            known.isEmpty()
                ? "There are no parameters here, such as '%s'; leave it out.".formatted(cut(name))
                : "The parameter '%s' is unknown; there are %s."
                    .formatted(cut(name), String.join(", ", sorted(known))));
      }
      if (each.getValue().size() != 1) {
        throw new Problem(400, "The parameter '%s' is given once.".formatted(name));
      }
      values.put(name, each.getValue().getFirst());
    }
    return new Query(values);
  }

  private static List<String> sorted(Set<String> names) {
    List<String> sorted = new ArrayList<>(names);
    Collections.sort(sorted);
    return sorted;
  }

  /** What came from outside, short enough for a sentence. */
  static String cut(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= 60 ? printable : printable.substring(0, 60) + "...";
  }

  /** A text, if it was given. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A number of 0 or more, if it was given. */
  public OptionalLong number(String name) throws Problem {
    Optional<String> given = text(name);
    return given.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(number(name, given.get(), 0, Long.MAX_VALUE));
  }

  /** The most that a page may hold. */
  int limit() throws Problem {
    return number(LIMIT, 1, MOST, USUAL_LIMIT);
  }

  /** A number within bounds. */
  int number(String name, int least, int most, int usual) throws Problem {
    Optional<String> given = text(name);
    return given.isEmpty() ? usual : (int) number(name, given.get(), least, most);
  }

  /** Whether the newest come first. */
  boolean newestFirst() throws Problem {
    return choice(ORDER, List.of("asc", "desc")).filter("desc"::equals).isPresent();
  }

  /** One of some words, if it was given. */
  Optional<String> choice(String name, List<String> words) throws Problem {
    Optional<String> given = text(name);
    if (given.isPresent() && !words.contains(given.get())) {
      throw new Problem(
          400,
          "'%s' is one of %s, not '%s'."
              .formatted(name, String.join(", ", words), cut(given.get())));
    }
    return given;
  }

  private static long number(String name, String text, long least, long most) throws Problem {
    if (text.matches("\\d{1,18}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new Problem(
        400,
        most == Long.MAX_VALUE
            ? "'%s' is a number of %d or more, not '%s'.".formatted(name, least, cut(text))
            : "'%s' is a number from %d to %d, not '%s'.".formatted(name, least, most, cut(text)));
  }

  /** These parameters with another place to go on from, as they stand in a link. */
  String linkAfter(String path, long after) {
    TreeMap<String, String> changed = new TreeMap<>(values);
    changed.put(AFTER, Long.toString(after));
    List<String> pairs = new ArrayList<>();
    changed.forEach((name, value) ->
        pairs.add(
            name
                + "="
                + java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8)));
    return path + "?" + String.join("&", pairs);
  }
}
