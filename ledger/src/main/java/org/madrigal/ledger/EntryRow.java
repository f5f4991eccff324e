package org.madrigal.ledger;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.SignedStatement;

/**
 * A row of the table of a block: what one entry's data must be. Integers are big-endian.
 *
 * <pre>
 * offset  bytes
 *   0      32   SHA-256 of the signed statement
 *  32      32   SHA-256 of the attachment; zeros if there is none
 *  64       8   length of the attachment; zero if there is none
 *  72       4   length of the signed statement
 *  76       4   CRC32C of the entry's data: signed statement || attachment
 *  80
 * </pre>
 *
 * @param statement the digest of the signed statement
 * @param statementLength its bytes
 * @param attachment the attachment's name, if there is one
 * @param crc the checksum of the entry's data
 */
record EntryRow(
    Digest statement, int statementLength, Optional<AttachmentRef> attachment, int crc) {

  static final int LENGTH = 80;

  /** The longest attachment: what one array holds. */
  static final long MAX_ATTACHMENT = Integer.MAX_VALUE - 8L;

  private static final Digest ZERO = new Digest(Bytes.takeOver(new byte[Digest.LENGTH]));

  static EntryRow of(SignedStatement statement, Optional<Attachment> attachment) {
    int crc =
        attachment.isEmpty()
            ? Encoding.crc(statement.bytes().asReadOnlyBuffer())
            : Encoding.crc(
                statement.bytes().asReadOnlyBuffer(),
                attachment.get().content().asReadOnlyBuffer());
    return new EntryRow(
        statement.digest(), statement.bytes().length(), attachment.map(Attachment::ref), crc);
  }

  /** The bytes of the entry's data. */
  long dataLength() {
    return (long) statementLength + attachmentLength();
  }

  int attachmentLength() {
    return attachment.map(ref -> (int) ref.length()).orElse(0);
  }

  void encode(ByteBuffer buffer) {
    buffer
        .put(statement.value().asReadOnlyBuffer())
        .put(attachment.map(AttachmentRef::sha256).orElse(ZERO).value().asReadOnlyBuffer())
        .putLong(attachmentLength())
        .putInt(statementLength)
        .putInt(crc);
  }

  static EntryRow decode(ByteBuffer buffer) throws DamagedException {
    Digest statement = Encoding.digest(buffer);
    Digest attachment = Encoding.digest(buffer);
    long attachmentLength = buffer.getLong();
    int statementLength = buffer.getInt();
    int crc = buffer.getInt();
    if (statementLength < 1
        || statementLength > SignedStatement.MAX_LENGTH
        || attachmentLength < 0
        || attachmentLength > MAX_ATTACHMENT
        || (attachmentLength == 0 && !attachment.equals(ZERO))) {
      throw new DamagedException("the table of the block has a number out of range");
    }
    return new EntryRow(
        statement,
        statementLength,
        attachmentLength == 0
            ? Optional.empty()
            : Optional.of(new AttachmentRef(attachment, attachmentLength)),
        crc);
  }
}
