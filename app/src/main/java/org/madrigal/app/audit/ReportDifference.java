package org.madrigal.app.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Optional;
import java.util.TreeSet;

/** The first place at which two reports do not say the same. */
final class ReportDifference {

  private static final int SHOWN = 80;

  private ReportDifference() {}

  /**
   * What differs first, a clause.
   *
   * @param said the report that is examined
   * @param found what the ledger gives
   */
  static Optional<String> between(JsonNode said, JsonNode found) {
    return between("", said, found);
  }

  private static Optional<String> between(String path, JsonNode said, JsonNode found) {
    if (said.equals(found)) {
      return Optional.empty();
    }
    if (said.isObject() && found.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      found.fieldNames().forEachRemaining(names::add);
      said.fieldNames().forEachRemaining(names::add);
      return inOrder(path, names.iterator(), said, found);
    }
    if (said.isArray() && found.isArray() && said.size() == found.size()) {
      for (int index = 0; index < said.size(); index++) {
        Optional<String> difference =
            between("%s[%d]".formatted(path, index), said.get(index), found.get(index));
        if (difference.isPresent()) {
          return difference;
        }
      }
    }
    if (said.isArray() && found.isArray()) {
      return Optional.of(
          "%s has %d elements in the report, and %d after this audit"
              .formatted(path, said.size(), found.size()));
    }
    return Optional.of(
        "%s is %s in the report, and %s after this audit"
            .formatted(path.isEmpty() ? "the whole" : path, shown(said), shown(found)));
  }

  private static Optional<String> inOrder(
      String path, Iterator<String> names, JsonNode said, JsonNode found) {
    while (names.hasNext()) {
      String name = names.next();
      Optional<String> difference =
          between(path.isEmpty() ? name : path + "." + name, said.path(name), found.path(name));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static String shown(JsonNode value) {
    String text = value.isMissingNode() ? "nothing" : value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
