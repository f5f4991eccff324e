package org.madrigal.node.journal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
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
 *         | parts, 1 byte: the sum of what follows here, in this order
 *         |    1  the attachment's SHA-256, 32 bytes | and length, 8 bytes
 *         |    2  the attachment itself = length, 4 bytes | the bytes
 *         | the signed statement, up to the end; empty where abstained
 * </pre>
 *
 * <p>An attachment is either named, and then it lies in the outbox, or enclosed. The other bits of
 * the parts are free for what a record may have to hold in one write with its statement; a record
 * with a part that is not known is refused.
 */
final class SigningCodec {

  /** The length of what stands before the content. */
  static final int PREFIX = 2 * Integer.BYTES;

  /** The longest attachment that is enclosed: what fits a page, so that the journal stays small. */
  static final int MAX_ENCLOSED = 4096;

  private static final int MAX_CONTENT = SignedStatement.MAX_LENGTH + 4096 + MAX_ENCLOSED;
  private static final byte SIGNED = 1;
  private static final byte ADOPTED = 2;
  private static final byte ABSTAINED = 3;
  private static final byte NAMED = 1;
  private static final byte ENCLOSED = 2;

  private SigningCodec() {}

  /**
   * A record that was read.
   *
   * @param signing what it decides
   * @param enclosed the attachment, if it lies in the record
   * @param length the length of the record
   */
  record Found(Signing signing, Optional<Attachment> enclosed, int length) {}

  /** Encodes a record; {@code enclosed} is the attachment that lies in it, if one does. */
  static Bytes encode(Signing signing, Optional<Attachment> enclosed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream content = new DataOutputStream(bytes)) {
      switch (signing) {
        case Signing.Said said -> {
          content.writeByte(said.origin() == Signing.Origin.SIGNED ? SIGNED : ADOPTED);
          writeSlot(content, said.slot());
          writeAttachment(content, said.attachment(), enclosed);
          content.write(said.statement().bytes().toByteArray());
        }
        case Signing.Abstained abstained -> {
          content.writeByte(ABSTAINED);
          writeSlot(content, abstained.slot());
          content.writeByte(0);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("An array of bytes takes everything", e);
    }
    ByteBuffer content = ByteBuffer.wrap(bytes.toByteArray());
    ByteBuffer whole = ByteBuffer.allocate(PREFIX + content.limit());
    whole.putInt(content.limit()).putInt(checksum(content)).put(content);
    return Bytes.takeOver(whole.array());
  }

  private static void writeSlot(DataOutputStream to, Slot slot) throws IOException {
    to.writeInt(slot.kind());
    writeText(to, slot.target());
    writeText(to, slot.description());
  }

  private static void writeText(DataOutputStream to, String text) throws IOException {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    to.writeShort(encoded.length);
    to.write(encoded);
  }

  private static void writeAttachment(
      DataOutputStream to, Optional<AttachmentRef> named, Optional<Attachment> enclosed)
      throws IOException {
    if (enclosed.isPresent()) {
      to.writeByte(ENCLOSED);
      to.writeInt(enclosed.get().content().length());
      to.write(enclosed.get().content().toByteArray());
    } else if (named.isPresent()) {
      to.writeByte(NAMED);
      to.write(named.get().sha256().value().toByteArray());
      to.writeLong(named.get().length());
    } else {
      to.writeByte(0);
    }
  }

  /** Whether there is a whole record at {@code offset} whose checksum fits. */
  static boolean isSound(ByteBuffer file, int offset) {
    int remaining = file.limit() - offset;
    if (remaining < PREFIX) {
      return false;
    }
    int length = file.getInt(offset);
    return length >= 1
        && length <= MAX_CONTENT
        && length <= remaining - PREFIX
        && checksum(file.slice(offset + PREFIX, length)) == file.getInt(offset + Integer.BYTES);
  }

  /**
   * The record at {@code offset}, which is sound.
   *
   * @throws IllegalArgumentException if it is none that this version writes
   */
  static Found decode(ByteBuffer file, int offset, int number) {
    try {
      return read(file.slice(offset + PREFIX, file.getInt(offset)), number);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("it is shorter than its parts", e);
    }
  }

  private static Found read(ByteBuffer content, int number) {
    int length = PREFIX + content.limit();
    byte sort = content.get();
    Slot slot = new Slot(content.getInt(), getText(content), getText(content));
    Optional<AttachmentRef> named = Optional.empty();
    Optional<Attachment> enclosed = Optional.empty();
    switch (content.get()) {
      case 0 -> {}
      case NAMED -> {
        Digest sha256 = new Digest(getBytes(content, Digest.LENGTH));
        named = Optional.of(new AttachmentRef(sha256, content.getLong()));
      }
      case ENCLOSED -> {
        enclosed = Optional.of(Attachment.of(getBytes(content, content.getInt())));
        named = enclosed.map(Attachment::ref);
      }
      default -> throw new IllegalArgumentException("it has parts that are unknown");
    }
    if (sort == ABSTAINED) {
      return new Found(new Signing.Abstained(number, slot), Optional.empty(), length);
    }
    if (sort != SIGNED && sort != ADOPTED) {
      throw new IllegalArgumentException("records of sort %d are unknown".formatted(sort));
    }
    Signing said =
        new Signing.Said(
            number,
            slot,
            SignedStatement.of(getBytes(content, content.remaining())),
            named,
            sort == SIGNED ? Signing.Origin.SIGNED : Signing.Origin.ADOPTED);
    return new Found(said, enclosed, length);
  }

  private static int checksum(ByteBuffer content) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(content.remaining()).flip());
    crc.update(content.duplicate());
    return (int) crc.getValue();
  }

  private static String getText(ByteBuffer from) {
    Bytes encoded = getBytes(from, Short.toUnsignedInt(from.getShort()));
    return new String(encoded.toByteArray(), StandardCharsets.UTF_8);
  }

  private static Bytes getBytes(ByteBuffer from, int length) {
    if (length < 0 || length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    from.get(bytes);
    return Bytes.takeOver(bytes);
  }
}
