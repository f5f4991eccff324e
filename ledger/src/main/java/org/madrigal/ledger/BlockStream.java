package org.madrigal.ledger;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;

/** Reads blocks one after the other; holds no more than one entry of them. */
final class BlockStream {

  private static final int PIECE = 64 * 1024;
  private static final int ROOM = 1 << 20;

  private final InputStream in;
  private long left;

  /** Reads {@code length} bytes of {@code in}, or all that there are. */
  BlockStream(InputStream in, long length) {
    this.in = in;
    this.left = length;
  }

  /** The top of the next block, or nothing at the end; its data must be read or passed over. */
  Optional<BlockTop> next() throws IOException, DamagedException {
    if (left <= 0) {
      return Optional.empty();
    }
    Optional<BlockTop> block = BlockTop.read(in);
    if (block.isPresent()) {
      left -= block.get().blockLength();
      if (left < 0) {
        throw new DamagedException.Torn(0, "the data of the block is cut off");
      }
    }
    return block;
  }

  /** Passes over the data of {@code block} without a look at it. */
  void skipData(BlockTop block) throws IOException, DamagedException {
    try {
      in.skipNBytes(block.header().dataLength());
    } catch (EOFException e) {
      throw new DamagedException.Torn(0, "the data of the block is cut off");
    }
  }

  /** Passes over the data of {@code block} and compares the checksum of each entry. */
  void checkData(BlockTop block) throws IOException, DamagedException {
    byte[] piece = new byte[PIECE];
    for (int i = 0; i < block.rows().size(); i++) {
      EntryRow row = block.rows().get(i);
      CRC32C crc = new CRC32C();
      for (long missing = row.dataLength(); missing > 0; ) {
        int read = in.readNBytes(piece, 0, (int) Math.min(PIECE, missing));
        if (read == 0) {
          throw new DamagedException.Torn(i, "the data of the entry is cut off");
        }
        crc.update(piece, 0, read);
        missing -= read;
      }
      if ((int) crc.getValue() != row.crc()) {
        throw new DamagedException(i, "the checksum of the entry does not fit");
      }
    }
  }

  /** Reads the data of {@code block}, hashing every byte once, and gives each entry away. */
  void readData(BlockTop block, Consumer<Entry> entries) throws IOException, DamagedException {
    for (int i = 0; i < block.rows().size(); i++) {
      entries.accept(readEntry(block, i));
    }
  }

  /**
   * Passes over {@code skip} entries of {@code block} and reads at most {@code limit} more, as long
   * as they have no more than {@code budget} bytes; one in any case if {@code atLeastOne}.
   */
  List<Entry> readSome(BlockTop block, int skip, int limit, long budget, boolean atLeastOne)
      throws IOException, DamagedException {
    List<EntryRow> rows = block.rows();
    in.skipNBytes(rows.stream().limit(skip).mapToLong(EntryRow::dataLength).sum());
    List<Entry> entries = new ArrayList<>();
    long bytes = 0;
    for (int i = skip; i < rows.size() && entries.size() < limit; i++) {
      bytes += rows.get(i).dataLength();
      if (bytes > budget && !(atLeastOne && entries.isEmpty())) {
        break;
      }
      entries.add(readEntry(block, i));
    }
    return entries;
  }

  /** Reads the data of the next entry, which is number {@code index} of {@code block}. */
  Entry readEntry(BlockTop block, int index) throws IOException, DamagedException {
    EntryRow row = block.rows().get(index);
    SignedStatement statement = SignedStatement.of(take(row.statementLength(), index));
    if (!statement.digest().equals(row.statement())) {
      throw new DamagedException(index, "the signed statement is not the one in the table");
    }
    Optional<Attachment> attachment = Optional.empty();
    if (row.attachment().isPresent()) {
      Attachment read = Attachment.of(take(row.attachmentLength(), index));
      if (!read.ref().equals(row.attachment().get())) {
        throw new DamagedException(index, "the attachment is not the one in the table");
      }
      attachment = Optional.of(read);
    }
    Position position = new Position(block.header().first().value() + index);
    return new Entry(position, block.header().time(), statement, attachment);
  }

  /** Makes room as the bytes come: until they do, their number is only somebody's word. */
  private Bytes take(int length, int index) throws IOException, DamagedException {
    byte[] bytes = new byte[Math.min(length, ROOM)];
    int have = 0;
    while (true) {
      have += in.readNBytes(bytes, have, bytes.length - have);
      if (have == length) {
        return Bytes.takeOver(bytes);
      }
      if (have < bytes.length) {
        throw new DamagedException.Torn(index, "the data of the entry is cut off");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * have));
    }
  }
}
