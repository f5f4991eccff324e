package org.madrigal.trainer.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The beginning of a message of the trainer protocol, version 1, on the wire:
 *
 * <pre>
 * length of the header H, 4 bytes || length of the body B, 8 bytes, both little-endian and unsigned
 * || header: a JSON object in UTF-8, H bytes || body: a safetensors file, B bytes, or nothing
 * </pre>
 *
 * @param header what is said
 * @param body the bytes of the body, which follow
 */
record Message(ObjectNode header, long body) {

  /** The most bytes of a header. */
  static final int MAX_HEADER = 1 << 20;

  private static final int PREFIX = Integer.BYTES + Long.BYTES;

  /**
   * Reads a message up to its body.
   *
   * @param mostBody the most bytes that a body may have here
   */
  static Message read(Feed feed, long mostBody) throws InterruptedException {
    ByteBuffer prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
    feed.fill(prefix);
    prefix.flip();
    long header = Integer.toUnsignedLong(prefix.getInt());
    long body = prefix.getLong();
    if (header < 2 || header > MAX_HEADER) {
      throw new Misspoken(
          "a message has a header of 2 to %d bytes, not %d".formatted(MAX_HEADER, header));
    }
    if (body < 0 || body > mostBody) {
      throw new Misspoken(
          "a message has a body of at most %d bytes here, not %s"
              .formatted(mostBody, Long.toUnsignedString(body)));
    }
    ByteBuffer json = ByteBuffer.allocate((int) header);
    feed.fill(json);
    return new Message(Json.object(json.array(), "the header of a message"), body);
  }

  /** Writes everything but the body. */
  void write(Drain drain) throws InterruptedException {
    byte[] json;
    try {
      json = Json.MAPPER.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A header of ours cannot be written", e);
    }
    drain.empty(
        ByteBuffer.allocate(PREFIX + json.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(json.length)
            .putLong(body)
            .put(json)
            .flip());
  }
}
