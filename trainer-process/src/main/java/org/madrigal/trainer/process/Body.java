package org.madrigal.trainer.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Tensor;
import org.madrigal.core.model.TensorLayout;
import org.madrigal.trainer.data.Matrix;

/**
 * A body that is sent: a safetensors file ({@link Tensors}) of singles, which is never in memory as
 * a whole.
 */
final class Body {

  /** Nothing. */
  static final Body NONE = new Body(List.of());

  private static final int BLOCK = 1 << 20;
  private static final int ALIGNMENT = 8;

  /** Numbers by their index. */
  @FunctionalInterface
  private interface Numbers {
    float at(int index);
  }

  private record Part(String name, List<Integer> shape, int count, Numbers numbers) {}

  private final List<Part> parts;

  private Body(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** The tensors of a model. */
  static Body of(TensorLayout layout, Parameters parameters) {
    List<Part> parts = new ArrayList<>();
    int offset = 0;
    for (Tensor tensor : layout.tensors()) {
      int from = offset;
      int count = tensor.shape().elements();
      parts.add(
          new Part(tensor.name(), tensor.shape().sizes(), count, i -> parameters.at(from + i)));
      offset += count;
    }
    return new Body(parts);
  }

  /** This body and, behind it, a tensor of rows. */
  Body and(String name, Matrix rows) {
    List<Part> more = new ArrayList<>(parts);
    int columns = rows.columns();
    more.add(
        new Part(
            name,
            List.of(rows.rows(), columns),
            Math.multiplyExact(rows.rows(), columns),
            i -> rows.at(i / columns, i % columns)));
    return new Body(more);
  }

  /** The header of the file, without its length. */
  private byte[] header() {
    ObjectNode json = Json.MAPPER.createObjectNode();
    long place = 0;
    for (Part part : parts) {
      ObjectNode entry = json.putObject(part.name()).put("dtype", NumberType.F32.name());
      ArrayNode shape = entry.putArray("shape");
      part.shape().forEach(shape::add);
      long end = place + (long) part.count() * Float.BYTES;
      entry.putArray("data_offsets").add(place).add(end);
      place = end;
    }
    try {
      String text = Json.MAPPER.writeValueAsString(json);
      int length = text.getBytes(StandardCharsets.UTF_8).length;
      int padding = Math.ceilDiv(length, ALIGNMENT) * ALIGNMENT - length;
      return (text + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A header of ours cannot be written", e);
    }
  }

  /** Sends {@code header} with this body. */
  void send(ObjectNode header, Drain drain) throws InterruptedException {
    if (parts.isEmpty()) {
      new Message(header, 0).write(drain);
      return;
    }
    byte[] names = header();
    long numbers = parts.stream().mapToLong(part -> (long) part.count() * Float.BYTES).sum();
    new Message(header, Long.BYTES + names.length + numbers).write(drain);
    drain.empty(
        ByteBuffer.allocate(Long.BYTES + names.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(names.length)
            .put(names)
            .flip());
    ByteBuffer block =
        ByteBuffer.allocateDirect((int) Math.min(BLOCK, Math.max(numbers, Float.BYTES)))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (Part part : parts) {
      for (int i = 0; i < part.count(); i++) {
        if (block.remaining() < Float.BYTES) {
          drain.empty(block.flip());
          block.clear();
        }
        block.putFloat(part.numbers().at(i));
      }
    }
    drain.empty(block.flip());
  }
}
