package org.madrigal.app.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys with values, all of them known. */
public final class Section {

  private final Value value;
  private final Map<String, Value> entries;

  private Section(Value value, Map<String, Value> entries) {
    this.value = value;
    this.entries = entries;
  }

  static Section of(Value value, Map<String, Value> entries, List<String> known) {
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw entry
            .getValue()
            .wrongKey(
                "The key '%s' is unknown%s; %s."
                    .formatted(
                        entry.getKey(), value.within(), Value.suggestion(entry.getKey(), known)));
      }
    }
    return new Section(value, entries);
  }

  static Section empty(Value value, String... known) {
    return of(value, Map.of(), List.of(known));
  }

  /** The value of {@code key}, which must be there. */
  public Value required(String key) {
    return optional(key)
        .orElseThrow(
            () -> value.wrong("The key '%s' is missing%s.".formatted(key, value.within())));
  }

  /** The value of {@code key}, if it is there. */
  public Optional<Value> optional(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** The place of the keys, for what concerns all of them. */
  public Value value() {
    return value;
  }
}
