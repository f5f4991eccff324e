package org.madrigal.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Signature;

/**
 * Everything of a block but the data of its entries, which follow it.
 *
 * <pre>
 * offset        bytes
 *   0            136   header, see {@link BlockHeader}
 * 136             64   the orderer's signature
 * 200           80*n   table, one row for each of the n entries, see {@link EntryRow}
 * 200+80*n         4   CRC32C of everything before
 * 204+80*n             data: signed statement || attachment, for each entry in order
 * </pre>
 *
 * <p>The digest of a block is that of header and signature. The header has the digest of the table,
 * the table those of statements and attachments, and the next block has the digest of this one: so
 * the signature of the last block vouches for every byte of all.
 *
 * @param header the part that is signed
 * @param signature the orderer's
 * @param rows the table
 */
record BlockTop(BlockHeader header, Signature signature, List<EntryRow> rows) {

  static final int SIGNED_LENGTH = BlockHeader.LENGTH + Signature.LENGTH;

  BlockTop {
    rows = List.copyOf(rows);
  }

  /** The bytes of the block without its data. */
  int length() {
    return SIGNED_LENGTH + EntryRow.LENGTH * rows.size() + Integer.BYTES;
  }

  /** The bytes of the block. */
  long blockLength() {
    return length() + header.dataLength();
  }

  Digest digest() {
    return Digest.ofAll(header.encode(), signature.value());
  }

  static Bytes table(List<EntryRow> rows) {
    ByteBuffer table = ByteBuffer.allocate(EntryRow.LENGTH * rows.size());
    rows.forEach(row -> row.encode(table));
    return Bytes.takeOver(table.array());
  }

  ByteBuffer encode() {
    ByteBuffer buffer =
        ByteBuffer.allocate(length())
            .put(header.encode().asReadOnlyBuffer())
            .put(signature.value().asReadOnlyBuffer())
            .put(table(rows).asReadOnlyBuffer());
    buffer.putInt(Encoding.crc(buffer.duplicate().flip()));
    return buffer.flip();
  }

  /** Reads the next block's top, or nothing if the stream ends before its first byte. */
  static Optional<BlockTop> read(InputStream in) throws IOException, DamagedException {
    byte[] signed = in.readNBytes(SIGNED_LENGTH);
    if (signed.length == 0) {
      return Optional.empty();
    }
    if (signed.length < SIGNED_LENGTH) {
      throw new DamagedException.Torn(0, "the header of the block is cut off");
    }
    BlockHeader header = BlockHeader.decode(Bytes.copyOf(signed, 0, BlockHeader.LENGTH));
    int tableLength = header.entries() * EntryRow.LENGTH;
    byte[] table = in.readNBytes(tableLength + Integer.BYTES);
    if (table.length < tableLength + Integer.BYTES) {
      throw new DamagedException.Torn(0, "the table of the block is cut off");
    }
    ByteBuffer rest = ByteBuffer.wrap(table);
    int crc = Encoding.crc(ByteBuffer.wrap(signed), ByteBuffer.wrap(table, 0, tableLength));
    if (crc != rest.getInt(tableLength)) {
      throw new DamagedException("the checksum of the block's header does not fit");
    }
    if (!header.root().equals(Digest.of(Bytes.copyOf(table, 0, tableLength)))) {
      throw new DamagedException("the root of the block is not that of its table");
    }
    List<EntryRow> rows = new ArrayList<>(header.entries());
    long dataLength = 0;
    for (int i = 0; i < header.entries(); i++) {
      EntryRow row = EntryRow.decode(rest);
      dataLength += row.dataLength();
      rows.add(row);
    }
    if (dataLength != header.dataLength()) {
      throw new DamagedException("the lengths of the block's entries do not add up");
    }
    Bytes signature = Bytes.copyOf(signed, BlockHeader.LENGTH, SIGNED_LENGTH);
    return Optional.of(new BlockTop(header, new Signature(signature), rows));
  }
}
