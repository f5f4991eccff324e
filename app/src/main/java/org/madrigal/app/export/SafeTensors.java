package org.madrigal.app.export;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Tensor;
import org.madrigal.core.model.TensorLayout;

/**
 * A model as a safetensors file, which PyTorch users read as it is. Source: the format's
 * description, github.com/huggingface/safetensors.
 *
 * <pre>
 * N, 8 bytes, little-endian || header: JSON in UTF-8, N bytes, ends in spaces so that the data is
 * aligned to 8 bytes || tensors, float32, little-endian, without gaps
 * header = {"__metadata__": {text: text, ...}, NAME: {"dtype": "F32", "shape": [...],
 *           "data_offsets": [begin, end]}, ...}
 * </pre>
 *
 * <p>So everything behind the header is exactly the bytes whose SHA-256 names the model.
 *
 * @param metadata the provenance
 * @param data the bytes behind the header
 */
public record SafeTensors(SortedMap<String, String> metadata, Bytes data) {

  private static final int MAX_HEADER = 100_000_000;
  private static final int ALIGNMENT = 8;
  private static final String METADATA = "__metadata__";
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Copies the metadata. */
  public SafeTensors {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  /**
   * The bytes of a file.
   *
   * @param layout the names, shapes and order of the tensors
   * @param parameters as many as the layout says
   * @param metadata the provenance
   */
  public static Bytes encode(
      TensorLayout layout, Parameters parameters, Map<String, String> metadata) {
    layout.check(parameters);
    byte[] json = header(layout, metadata).toString().getBytes(StandardCharsets.UTF_8);
    int padded = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
    Bytes data = parameters.toBytes();
    ByteBuffer file =
        ByteBuffer.allocate(Math.addExact(Long.BYTES + padded, data.length()))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(padded)
            .put(json)
            .put(" ".repeat(padded - json.length).getBytes(StandardCharsets.US_ASCII))
            .put(data.asReadOnlyBuffer());
    return Bytes.takeOver(file.array());
  }

  private static ObjectNode header(TensorLayout layout, Map<String, String> metadata) {
    ObjectNode header = MAPPER.createObjectNode();
    ObjectNode texts = header.putObject(METADATA);
    new TreeMap<>(metadata).forEach(texts::put);
    for (int i = 0; i < layout.tensors().size(); i++) {
      Tensor tensor = layout.tensors().get(i);
      long begin = (long) layout.offset(i) * Float.BYTES;
      ObjectNode entry = header.putObject(tensor.name()).put("dtype", "F32");
      ArrayNode shape = entry.putArray("shape");
      tensor.shape().sizes().forEach(shape::add);
      entry
          .putArray("data_offsets")
          .add(begin)
          .add(begin + (long) tensor.shape().elements() * Float.BYTES);
    }
    return header;
  }

  /**
   * Reads a file whose tensors are those of {@code layout}, in that order.
   *
   * @throws IllegalArgumentException if it is anything else, with what it is
   */
  public static SafeTensors decode(Bytes file, TensorLayout layout) {
    if (file.length() < Long.BYTES) {
      throw new IllegalArgumentException(
          "A safetensors file has 8 bytes or more, not " + file.length());
    }
    ByteBuffer buffer = file.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long length = buffer.getLong();
    if (length < 2 || length > Math.min(MAX_HEADER, buffer.remaining())) {
      throw new IllegalArgumentException(
          "The header of a safetensors file cannot have %d bytes in a file of %d"
              .formatted(length, file.length()));
    }
    int start = Math.toIntExact(Long.BYTES + length);
    JsonNode header = json(file.slice(Long.BYTES, start));
    TreeMap<String, String> metadata = new TreeMap<>();
    header
        .path(METADATA)
        .properties()
        .forEach(text -> metadata.put(text.getKey(), text.getValue().asText()));
    byte[] described = header(layout, metadata).toString().getBytes(StandardCharsets.UTF_8);
    ObjectNode expected = json(Bytes.takeOver(described)).deepCopy();
    ObjectNode found = header.deepCopy();
    expected.remove(METADATA);
    found.remove(METADATA);
    if (!expected.equals(found)) {
      throw new IllegalArgumentException(
          "The file holds the tensors %s, but the charter's model has %s"
              .formatted(names(found), names(expected)));
    }
    if (file.length() - start != layout.length() * Float.BYTES) {
      throw new IllegalArgumentException(
          "The file holds %d bytes of numbers; %d parameters have %d"
              .formatted(file.length() - start, layout.length(), layout.length() * Float.BYTES));
    }
    return new SafeTensors(metadata, file.slice(start, file.length()));
  }

  private static String names(ObjectNode header) {
    StringBuilder names = new StringBuilder();
    header
        .properties()
        .forEach(entry -> {
          names.append(names.isEmpty() ? "" : ", ").append(entry.getKey());
          names.append(entry.getValue().path("shape"));
        });
    return names.toString();
  }

  private static JsonNode json(Bytes header) {
    try {
      JsonNode node = MAPPER.readTree(header.toByteArray());
      if (!node.isObject()) {
        throw new IllegalArgumentException("The header of the safetensors file is no object");
      }
      return node;
    } catch (IOException e) {
      throw new IllegalArgumentException("The header of the safetensors file is not JSON", e);
    }
  }

  /** The parameters. */
  public Parameters parameters() {
    return Parameters.ofBytes(data);
  }
}
