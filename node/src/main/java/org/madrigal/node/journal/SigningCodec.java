package org.madrigal.node.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.SignedStatement;

/**
 * Records of the journal as bytes; numbers are big-endian.
 *
 * <pre>
 * record  = length of the content, 4 bytes | CRC32C of these 4 bytes and the content | content
 * content = sort, 1 byte: 1 signed, 2 adopted, 3 abstained
 *         | kind of the statement, 4 bytes
 *         | target     = length, 2 bytes | UTF-8
 *         | description = length, 2 bytes | UTF-8
 *         | 0, or 1 and the attachment's SHA-256, 32 bytes | and length, 8 bytes
 *         | the signed statement, up to the end; empty where abstained
 * </pre>
 */
final class SigningCodec {

  /** The length of what stands before the content. */
  static final int PREFIX = 2 * Integer.BYTES;

  private static final int MAX_CONTENT = SignedStatement.MAX_LENGTH + 4096;
  private static final byte SIGNED = 1;
  private static final byte ADOPTED = 2;
  private static final byte ABSTAINED = 3;

  private SigningCodec() {}

  /** A record that was read. */
  record Found(Signing signing, int length) {}

  static Bytes encode(Signing signing) {
    ByteBuffer content = ByteBuffer.allocate(MAX_CONTENT);
    switch (signing) {
      case Signing.Said said -> {
        content.put(said.origin() == Signing.Origin.SIGNED ? SIGNED : ADOPTED);
        putSlot(content, said.slot());
        content.put((byte) (said.attachment().isPresent() ? 1 : 0));
        if (said.attachment().isPresent()) {
          AttachmentRef attachment = said.attachment().get();
          content.put(attachment.sha256().value().asReadOnlyBuffer()).putLong(attachment.length());
        }
        content.put(said.statement().bytes().asReadOnlyBuffer());
      }
      case Signing.Abstained abstained -> {
        content.put(ABSTAINED);
        putSlot(content, abstained.slot());
        content.put((byte) 0);
      }
    }
    content.flip();
    ByteBuffer whole = ByteBuffer.allocate(PREFIX + content.limit());
    whole.putInt(content.limit()).putInt(checksum(content)).put(content);
    return Bytes.takeOver(whole.array());
  }

  /** The record at {@code offset}, if a whole and sound one is there. */
  static Optional<Found> decode(ByteBuffer file, int offset, int number) {
    int remaining = file.limit() - offset;
    if (remaining < PREFIX) {
      return Optional.empty();
    }
    int length = file.getInt(offset);
    if (length < 1 || length > MAX_CONTENT || length > remaining - PREFIX) {
      return Optional.empty();
    }
    ByteBuffer content = file.slice(offset + PREFIX, length);
    if (checksum(content) != file.getInt(offset + Integer.BYTES)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Found(read(content, number), PREFIX + length));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Signing read(ByteBuffer content, int number) {
    byte sort = content.get();
    Slot slot = new Slot(content.getInt(), getText(content), getText(content));
    Optional<AttachmentRef> attachment = Optional.empty();
    if (content.get() == 1) {
      Digest sha256 = new Digest(getBytes(content, Digest.LENGTH));
      attachment = Optional.of(new AttachmentRef(sha256, content.getLong()));
    }
    if (sort == ABSTAINED) {
      return new Signing.Abstained(number, slot);
    }
    if (sort != SIGNED && sort != ADOPTED) {
      throw new IllegalArgumentException("Records of sort %d are unknown".formatted(sort));
    }
    return new Signing.Said(
        number,
        slot,
        SignedStatement.of(getBytes(content, content.remaining())),
        attachment,
        sort == SIGNED ? Signing.Origin.SIGNED : Signing.Origin.ADOPTED);
  }

  private static int checksum(ByteBuffer content) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(content.remaining()).flip());
    crc.update(content.duplicate());
    return (int) crc.getValue();
  }

  private static void putSlot(ByteBuffer to, Slot slot) {
    to.putInt(slot.kind());
    putText(to, slot.target());
    putText(to, slot.description());
  }

  private static void putText(ByteBuffer to, String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    to.putShort((short) encoded.length).put(encoded);
  }

  private static String getText(ByteBuffer from) {
    Bytes encoded = getBytes(from, Short.toUnsignedInt(from.getShort()));
    return new String(encoded.toByteArray(), StandardCharsets.UTF_8);
  }

  private static Bytes getBytes(ByteBuffer from, int length) {
    if (length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    from.get(bytes);
    return Bytes.takeOver(bytes);
  }
}
