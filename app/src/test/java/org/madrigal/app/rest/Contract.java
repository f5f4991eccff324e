package org.madrigal.app.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The committed OpenAPI document, and whether values are what it says. */
public final class Contract {

  /** Reads JSON. */
  public static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;

  private Contract(JsonNode document) {
    this.document = document;
  }

  /** The document of this build. */
  public static Contract committed() {
    try (InputStream in =
        Objects.requireNonNull(Contract.class.getResourceAsStream("openapi.json"))) {
      return new Contract(JSON.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document. */
  public JsonNode document() {
    return document;
  }

  /** Every path with its methods, such as {@code GET /api/v1/status}. */
  public Set<String> operations() {
    TreeSet<String> operations = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .fieldNames()
                .forEachRemaining(method ->
                    operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    return operations;
  }

  /** The named query parameters of an operation. */
  public Set<String> queryOf(String path, String method) {
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode each : document.path("paths").path(path).path(method).path("parameters")) {
      JsonNode parameter = resolve(each);
      if (parameter.path("in").asText().equals("query")) {
        names.add(parameter.path("name").asText());
      }
    }
    return names;
  }

  /** What is wrong with {@code value} as an answer of 200, one clause each. */
  public List<String> faultsOfAnswer(String path, String method, JsonNode value) {
    JsonNode answer = document.path("paths").path(path).path(method).path("responses").path("200");
    JsonNode schema = answer.path("content").path("application/json").path("schema");
    if (schema.isMissingNode()) {
      return List.of("the document has no answer for %s %s".formatted(method, path));
    }
    return faults(schema, value);
  }

  /** What is wrong with {@code value}, one clause each; nothing if it is what the schema says. */
  public List<String> faults(JsonNode schema, JsonNode value) {
    List<String> faults = new ArrayList<>();
    check(schema, value, "", faults);
    return List.copyOf(faults);
  }

  /** A schema by its name. */
  public JsonNode schema(String name) {
    JsonNode schema = document.path("components").path("schemas").path(name);
    if (schema.isMissingNode()) {
      throw new IllegalArgumentException("There is no schema " + name);
    }
    return schema;
  }

  private JsonNode resolve(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }

  private void check(JsonNode given, JsonNode value, String place, List<String> faults) {
    JsonNode schema = resolve(given);
    if (schema.has("oneOf")) {
      for (JsonNode choice : schema.path("oneOf")) {
        if (faults(choice, value).isEmpty()) {
          return;
        }
      }
      faults.add("%s: %s fits no choice".formatted(place, value));
      return;
    }
    if (!isOneOf(schema.path("type"), value)) {
      faults.add("%s: %s is no %s".formatted(place, value, schema.path("type")));
      return;
    }
    checkWord(schema, value, place, faults);
    if (value.isObject()) {
      checkObject(schema, value, place, faults);
    }
    for (int i = 0; i < value.size() && value.isArray(); i++) {
      check(schema.path("items"), value.get(i), place + "/" + i, faults);
    }
  }

  private static void checkWord(
      JsonNode schema, JsonNode value, String place, List<String> faults) {
    if (schema.has("enum")) {
      boolean known = false;
      for (JsonNode word : schema.path("enum")) {
        known |= word.equals(value);
      }
      if (!known) {
        faults.add("%s: %s is none of %s".formatted(place, value, schema.path("enum")));
      }
    }
    if (value.isTextual()
        && schema.has("pattern")
        && !value.asText().matches(schema.path("pattern").asText())) {
      faults.add("%s: %s does not match %s".formatted(place, value, schema.path("pattern")));
    }
    if (value.isNumber()
        && schema.has("minimum")
        && value.asDouble() < schema.path("minimum").asDouble()) {
      faults.add("%s: %s is too small".formatted(place, value));
    }
  }

  private void checkObject(JsonNode schema, JsonNode value, String place, List<String> faults) {
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.asText())) {
        faults.add("%s: '%s' is missing".formatted(place, name.asText()));
      }
    }
    value
        .properties()
        .forEach(field -> {
          JsonNode known = schema.path("properties").path(field.getKey());
          JsonNode others = schema.path("additionalProperties");
          String inner = place + "/" + field.getKey();
          if (!known.isMissingNode()) {
            check(known, field.getValue(), inner, faults);
          } else if (others.isObject()) {
            check(others, field.getValue(), inner, faults);
          } else if (schema.has("properties")) {
            faults.add(inner + " is not documented");
          }
        });
  }

  private static boolean isOneOf(JsonNode types, JsonNode value) {
    if (types.isArray()) {
      for (JsonNode type : types) {
        if (is(type.asText(), value)) {
          return true;
        }
      }
      return false;
    }
    return types.isMissingNode() || is(types.asText(), value);
  }

  private static boolean is(String type, JsonNode value) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      case "null" -> value.isNull();
      default -> throw new IllegalArgumentException("The schema names a type " + type);
    };
  }
}
