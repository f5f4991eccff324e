package org.madrigal.app.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds JSON objects whose keys stay in the order in which they were put. */
public final class Json {

  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  private Json() {}

  /** An object without keys. */
  public static Json object() {
    return new Json();
  }

  /** Puts a value; doubles that are no finite number become null, as JSON has none. */
  public Json put(String key, @Nullable Object value) {
    Object written = value instanceof Double number && !Double.isFinite(number) ? null : value;
    values.put(key, written);
    return this;
  }

  /** The object as it is now. */
  public Map<String, @Nullable Object> map() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
