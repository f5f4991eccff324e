package org.madrigal.app.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A look at the values of a report: what is not there reads as empty.
 *
 * @param all the values by name, in order
 */
record Values(Map<String, @Nullable Object> all) {

  /** Whether there are none. */
  boolean isEmpty() {
    return all.isEmpty();
  }

  /** A text or number, as a text. */
  String text(String name) {
    Object value = all.get(name);
    return value == null ? "" : value.toString();
  }

  /** An object. */
  Values inner(String name) {
    return of(all.get(name));
  }

  /** A list of anything. */
  List<?> list(String name) {
    return all.get(name) instanceof List<?> list ? list : List.of();
  }

  /** A list of objects. */
  List<Values> objects(String name) {
    List<Values> objects = new ArrayList<>();
    list(name).forEach(each -> objects.add(of(each)));
    return objects;
  }

  /** A list of texts. */
  List<String> texts(String name) {
    return list(name).stream().map(String::valueOf).toList();
  }

  private static Values of(@Nullable Object value) {
    Map<String, @Nullable Object> inner = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> inner.put(String.valueOf(key), each));
    }
    return new Values(inner);
  }
}
