package org.madrigal.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Position;

/**
 * The part of a block that the orderer signs. Integers are big-endian.
 *
 * <pre>
 * offset  bytes
 *   0       4   "MDB1"
 *   4       4   number of entries, 1 to 1024
 *   8       8   height: number of blocks before this one
 *  16       8   position of the first entry
 *  24       8   time of all its entries, milliseconds since 1970
 *  32       8   length of the block's data in bytes
 *  40      32   SHA-256 of the header and signature of the block before; of the genesis for block 0
 *  72      32   root: SHA-256 of the table of entries
 * 104      32   running history hash after the last entry of the block
 * 136
 * </pre>
 *
 * <p>The signature is Ed25519 over {@code "madrigal/block/1" || federation || header}.
 *
 * @param entries the number of entries
 * @param height the number of blocks before this one
 * @param first the position of the first entry
 * @param time the time of all entries
 * @param dataLength the bytes of statements and attachments
 * @param previous the digest of the block before, or of the genesis
 * @param root the digest of the table
 * @param history the running hash after the last entry
 */
record BlockHeader(
    int entries,
    long height,
    Position first,
    LedgerTime time,
    long dataLength,
    Digest previous,
    Digest root,
    Digest history) {

  static final int LENGTH = 136;
  static final int MAGIC = 0x4D444231;
  static final int MAX_ENTRIES = 1024;

  private static final byte[] DOMAIN = "madrigal/block/1".getBytes(StandardCharsets.UTF_8);

  /** The history up to and including this block. */
  Head head() {
    return new Head(new Position(first.value() + entries), history);
  }

  Bytes encode() {
    ByteBuffer buffer =
        ByteBuffer.allocate(LENGTH)
            .putInt(MAGIC)
            .putInt(entries)
            .putLong(height)
            .putLong(first.value())
            .putLong(time.epochMillis())
            .putLong(dataLength)
            .put(previous.value().asReadOnlyBuffer())
            .put(root.value().asReadOnlyBuffer())
            .put(history.value().asReadOnlyBuffer());
    return Bytes.takeOver(buffer.array());
  }

  byte[] toBeSigned(FederationId federation) {
    return ByteBuffer.allocate(DOMAIN.length + Digest.LENGTH + LENGTH)
        .put(DOMAIN)
        .put(federation.digest().value().asReadOnlyBuffer())
        .put(encode().asReadOnlyBuffer())
        .array();
  }

  static BlockHeader decode(Bytes bytes) throws DamagedException {
    ByteBuffer buffer = bytes.asReadOnlyBuffer();
    if (buffer.getInt() != MAGIC) {
      throw new DamagedException("no block begins here");
    }
    int entries = buffer.getInt();
    long height = buffer.getLong();
    long first = buffer.getLong();
    long time = buffer.getLong();
    long dataLength = buffer.getLong();
    if (entries < 1
        || entries > MAX_ENTRIES
        || height < 0
        || first < 0
        || first > Long.MAX_VALUE - MAX_ENTRIES
        || time < 0
        || dataLength < entries) {
      throw new DamagedException("the header of the block has a number out of range");
    }
    return new BlockHeader(
        entries,
        height,
        new Position(first),
        new LedgerTime(time),
        dataLength,
        Encoding.digest(buffer),
        Encoding.digest(buffer),
        Encoding.digest(buffer));
  }
}
