package org.madrigal.trainer.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tensors of a body that is read: the header of a safetensors file, whose numbers follow.
 *
 * <pre>
 * N, 8 bytes, little-endian || header: JSON in UTF-8, N bytes || numbers, little-endian, no gaps
 * header = {NAME: {"dtype": "F32", "shape": [...], "data_offsets": [begin, end]}, ...}
 * </pre>
 *
 * @param all in the order of their numbers
 */
record Tensors(List<Entry> all) {

  /** The most bytes of the header, which fits hundred thousand tensors. */
  static final int MAX_HEADER = 1 << 24;

  private static final int BLOCK = 1 << 20;
  private static final int MAX_DIMENSIONS = 8;
  private static final String METADATA = "__metadata__";

  /**
   * One tensor.
   *
   * @param name what it is called
   * @param type of its numbers
   * @param shape the sizes of its dimensions
   * @param begin the place of its first byte
   * @param end the place behind its last byte
   */
  record Entry(String name, NumberType type, List<Integer> shape, long begin, long end) {

    /** The number of its numbers. */
    int elements() {
      return (int) ((end - begin) / type.bytes());
    }
  }

  /** Reads the header of a body of {@code body} bytes. */
  static Tensors read(Feed feed, long body) throws InterruptedException {
    if (body < Long.BYTES) {
      throw new Misspoken("a body is a safetensors file, not %d bytes".formatted(body));
    }
    ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    feed.fill(prefix);
    long length = prefix.flip().getLong();
    if (length < 2 || length > Math.min(MAX_HEADER, body - Long.BYTES)) {
      throw new Misspoken(
          "the header of a safetensors file cannot have %s bytes in a file of %d"
              .formatted(Long.toUnsignedString(length), body));
    }
    ByteBuffer header = ByteBuffer.allocate((int) length);
    feed.fill(header);
    ObjectNode json = Json.object(header.array(), "the header of a safetensors file");
    json.remove(METADATA);
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : json.properties()) {
      entries.add(entry(each.getKey(), each.getValue()));
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long place = 0;
    for (Entry entry : entries) {
      if (entry.begin() != place) {
        throw new Misspoken(
            "the tensor '%s' begins at byte %d, not behind the one before it at %d"
                .formatted(entry.name(), entry.begin(), place));
      }
      place = entry.end();
    }
    if (place != body - Long.BYTES - length) {
      throw new Misspoken(
          "the tensors have %d bytes, but the body has %d for them"
              .formatted(place, body - Long.BYTES - length));
    }
    return new Tensors(List.copyOf(entries));
  }

  private static Entry entry(String key, JsonNode json) {
    String name = Json.printable(key);
    NumberType type = NumberType.parse(Json.text(json, "dtype"));
    List<Integer> shape = shape(name, json.path("shape"));
    JsonNode offsets = json.path("data_offsets");
    if (offsets.size() != 2
        || !offsets.path(0).isIntegralNumber()
        || !offsets.path(0).canConvertToLong()
        || !offsets.path(1).isIntegralNumber()
        || !offsets.path(1).canConvertToLong()) {
      throw new Misspoken("the tensor '%s' has no two data_offsets".formatted(name));
    }
    long begin = offsets.path(0).asLong();
    long end = offsets.path(1).asLong();
    long elements = 1;
    for (int size : shape) {
      elements = elements * size; // below 2^31 each, and checked before the next one
      if (elements > Integer.MAX_VALUE) {
        throw new Misspoken("the tensor '%s' %s is too large".formatted(name, shape));
      }
    }
    if (begin < 0 || end < begin || end - begin != elements * type.bytes()) {
      throw new Misspoken(
          "the tensor '%s' %s of %s cannot lie at bytes %d to %d"
              .formatted(name, shape, type, begin, end));
    }
    return new Entry(name, type, shape, begin, end);
  }

  /** The sizes of a shape that somebody wrote. */
  static List<Integer> shape(String name, JsonNode json) {
    if (!json.isArray() || json.size() > MAX_DIMENSIONS) {
      throw new Misspoken(
          "the tensor '%s' has no shape of at most %d dimensions".formatted(name, MAX_DIMENSIONS));
    }
    List<Integer> shape = new ArrayList<>();
    for (JsonNode size : json) {
      if (!size.isIntegralNumber() || !size.canConvertToInt() || size.asInt() < 0) {
        throw new Misspoken("the tensor '%s' has a size that is no count".formatted(name));
      }
      shape.add(size.asInt());
    }
    return List.copyOf(shape);
  }

  /** The tensor of that name. */
  Optional<Entry> named(String name) {
    return all.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  /** Names and shapes, for people. */
  String brief() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : all.subList(0, Math.min(all.size(), 10))) {
      text.append(text.isEmpty() ? "" : ", ").append(entry.name()).append(entry.shape());
    }
    return all.isEmpty() ? "none" : text + (all.size() > 10 ? ", ..." : "");
  }

  /** Reads the numbers of {@code entry} to {@code target} from {@code offset} on. */
  static void numbers(Feed feed, Entry entry, float[] target, int offset)
      throws InterruptedException {
    int width = entry.type().bytes();
    int left = entry.elements();
    ByteBuffer block =
        ByteBuffer.allocate((int) Math.min(BLOCK, (long) left * width))
            .order(ByteOrder.LITTLE_ENDIAN);
    int next = offset;
    while (left > 0) {
      int count = Math.min(left, BLOCK / width);
      feed.fill(block.clear().limit(count * width));
      block.flip();
      for (int i = 0; i < count; i++) {
        target[next++] = entry.type().next(block);
      }
      left -= count;
    }
  }
}
