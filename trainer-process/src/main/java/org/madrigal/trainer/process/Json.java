package org.madrigal.trainer.process;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** JSON that others wrote: strict, bounded, and every value checked where it is taken. */
final class Json {

  private static final int MAX_DEPTH = 16;
  private static final int MAX_NUMBER = 64;
  private static final int MAX_ENTRIES = 64;

  static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** Reads an object. */
  static ObjectNode object(byte[] json, String what) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw new Misspoken(what + " is not JSON", e);
    }
    throw new Misspoken(what + " is not a JSON object");
  }

  /** The text at {@code key}. */
  static String text(JsonNode object, String key) {
    JsonNode value = object.path(key);
    if (!value.isTextual()) {
      throw new Misspoken("'%s' is missing or no text in %s".formatted(key, brief(object)));
    }
    return printable(value.asText());
  }

  /** The whole number at {@code key}, from 0 to {@code most}. */
  static int count(JsonNode object, String key, int most) {
    JsonNode value = object.path(key);
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.asInt() < 0
        || value.asInt() > most) {
      throw new Misspoken(
          "'%s' is missing or no whole number from 0 to %d in %s"
              .formatted(key, most, brief(object)));
    }
    return value.asInt();
  }

  /** The numbers at {@code key} by name, as many as are finite; nothing where it is absent. */
  static SortedMap<String, Double> numbers(JsonNode object, String key) {
    TreeMap<String, Double> numbers = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : entries(object, key)) {
      if (!each.getValue().isNumber()) {
        throw new Misspoken("'%s' of '%s' is no number".formatted(each.getKey(), key));
      }
      double number = each.getValue().asDouble();
      if (Double.isFinite(number)) {
        numbers.put(printable(each.getKey()), number);
      }
    }
    return numbers;
  }

  /** The texts at {@code key} by name; nothing where it is absent. */
  static SortedMap<String, String> texts(JsonNode object, String key) {
    TreeMap<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : entries(object, key)) {
      if (!each.getValue().isTextual()) {
        throw new Misspoken("'%s' of '%s' is no text".formatted(each.getKey(), key));
      }
      texts.put(printable(each.getKey()), printable(each.getValue().asText()));
    }
    return texts;
  }

  private static Iterable<Map.Entry<String, JsonNode>> entries(JsonNode object, String key) {
    JsonNode value = object.path(key);
    if (!value.isMissingNode() && (!value.isObject() || value.size() > MAX_ENTRIES)) {
      throw new Misspoken("'%s' is no object with at most %d entries".formatted(key, MAX_ENTRIES));
    }
    return value.properties();
  }

  /** {@code text} on one line, without control characters, and not too long. */
  static String printable(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ").strip();
    return line.length() <= 300 ? line : line.substring(0, 300) + "...";
  }

  private static String brief(JsonNode node) {
    return printable(node.toString());
  }
}
