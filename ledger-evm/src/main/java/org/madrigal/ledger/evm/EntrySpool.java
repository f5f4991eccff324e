package org.madrigal.ledger.evm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Origin;
import org.madrigal.ledger.FolderLock;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;

/**
 * What was read from the chain, in a file of the member's: so that a node need not read everything
 * again. The chain has the same; a torn or damaged end is cut off and read again.
 *
 * <pre>
 * entries        "madrigal/evm/1", the ledger's name, the federation, each with a line feed; then
 *                for each entry the length of its body (4 bytes), CRC32C of the body (4), body
 * </pre>
 *
 * <p>Of a contract that goes on where another ledger ended, "madrigal/evm/2", and a fourth line:
 * position, history and time, in milliseconds, where it begins, with colons in between.
 *
 * <p>Integers are big-endian; {@link EntryCodec} has the layout of a body. Memory: 8 bytes for each
 * entry.
 */
final class EntrySpool implements AutoCloseable {

  static final String FILE = "entries";
  static final String FORMAT = "madrigal/evm/1";
  static final String CONTINUED = "madrigal/evm/2";
  private static final int FRAME = 8;

  private final FolderLock lock;

  /** Not a channel, for an interrupt would close it. */
  private final RandomAccessFile content;

  private final String ledger;
  private final Origin origin;
  private final Path file;
  private final List<Long> places = new ArrayList<>();
  private long end;
  private Optional<ChainEntry> last = Optional.empty();

  private EntrySpool(
      Path file, FolderLock lock, RandomAccessFile content, String ledger, Origin origin) {
    this.file = file;
    this.origin = origin;
    this.lock = lock;
    this.content = content;
    this.ledger = ledger;
  }

  /**
   * Opens the file in {@code folder}, or makes an empty one.
   *
   * @throws LedgerException {@code LOCKED} if another process has it, {@code FOREIGN} if it is of
   *     another ledger, {@code BROKEN} if the disk fails
   */
  static EntrySpool open(Path folder, String ledger, FederationId federation) {
    return open(folder, ledger, federation, Origin.of(federation));
  }

  /** As {@link #open(Path, String, FederationId)}, of a ledger that begins elsewhere. */
  static EntrySpool open(Path folder, String ledger, FederationId federation, Origin origin) {
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      FolderLock lock = FolderLock.acquire(folder);
      try {
        RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw");
        return recovered(new EntrySpool(file, lock, content, ledger, origin), federation);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw broken(file, e);
    }
  }

  private static EntrySpool recovered(EntrySpool spool, FederationId federation)
      throws IOException {
    try {
      spool.recover(federation);
      return spool;
    } catch (IOException | RuntimeException e) {
      spool.content.close();
      throw e;
    }
  }

  private void recover(FederationId federation) throws IOException {
    byte[] header = header(federation).getBytes(StandardCharsets.UTF_8);
    byte[] found = read(0, header.length);
    if (found.length == 0) {
      write(0, header);
      content.getFD().sync();
    } else if (!Arrays.equals(found, header)) {
      throw new LedgerException(
          Kind.FOREIGN,
          "'%s' is not a copy of the ledger %s of the charter %s; use another folder"
              .formatted(file, ledger, federation));
    }
    end = header.length;
    Optional<ChainEntry> next = at(size(), end);
    while (next.isPresent()) {
      places.add(end);
      end += FRAME + length(end);
      last = next;
      next = at(size(), end);
    }
    content.setLength(end);
  }

  private String header(FederationId federation) {
    String three = "\n%s\n%s\n".formatted(ledger, federation);
    return origin.isFirst()
        ? FORMAT + three
        : "%s%s%s:%d\n".formatted(CONTINUED, three, origin.head(), origin.time().epochMillis());
  }

  /** The position after the last entry. */
  synchronized long size() {
    return origin.first().value() + places.size();
  }

  /** The last entry, if there is one. */
  synchronized Optional<ChainEntry> last() {
    return last;
  }

  /** Writes entries to the disk, after those that are there. */
  synchronized void add(List<ChainEntry> entries) {
    try {
      for (ChainEntry entry : entries) {
        byte[] body = EntryCodec.encode(entry);
        CRC32C crc = new CRC32C();
        crc.update(body);
        ByteBuffer framed = ByteBuffer.allocate(FRAME + body.length);
        framed.putInt(body.length).putInt((int) crc.getValue()).put(body);
        write(end, framed.array());
        places.add(end);
        end += framed.capacity();
        last = Optional.of(entry);
      }
      content.getFD().sync();
    } catch (IOException e) {
      throw broken(file, e);
    }
  }

  /** The entry at {@code position}, which must be there. */
  synchronized ChainEntry get(long position) {
    try {
      return at(position, places.get((int) (position - origin.first().value())))
          .orElseThrow(
              () -> broken(file, new IOException("entry %d is damaged".formatted(position))));
    } catch (IOException e) {
      throw broken(file, e);
    }
  }

  private int length(long place) throws IOException {
    byte[] length = read(place, Integer.BYTES);
    return length.length < Integer.BYTES ? -1 : ByteBuffer.wrap(length).getInt();
  }

  private Optional<ChainEntry> at(long position, long place) throws IOException {
    int length = length(place);
    if (length <= 0 || length > content.length() - place - FRAME) {
      return Optional.empty();
    }
    byte[] framed = read(place, FRAME + length);
    CRC32C crc = new CRC32C();
    crc.update(framed, FRAME, length);
    if ((int) crc.getValue() != ByteBuffer.wrap(framed).getInt(Integer.BYTES)) {
      return Optional.empty();
    }
    return Optional.of(
        EntryCodec.decode(ledger, position, new ByteArrayInputStream(framed, FRAME, length)));
  }

  /** So many bytes from a place on, or as many as there are. */
  private byte[] read(long place, int length) throws IOException {
    byte[] bytes = new byte[length];
    content.seek(place);
    int filled = 0;
    int count = 0;
    while (filled < length && count >= 0) {
      count = content.read(bytes, filled, length - filled);
      filled += Math.max(0, count);
    }
    return filled == length ? bytes : Arrays.copyOf(bytes, filled);
  }

  private void write(long place, byte[] bytes) throws IOException {
    content.seek(place);
    content.write(bytes);
  }

  private static LedgerException broken(Path file, IOException cause) {
    return new LedgerException(
        Kind.BROKEN,
        "The copy of the ledger in '%s' cannot be read or written (%s); delete it, and it is read from the chain again"
            .formatted(file, cause.getMessage()),
        cause);
  }

  @Override
  public synchronized void close() {
    try {
      try (lock) {
        content.close();
      }
    } catch (IOException e) {
      throw broken(file, e);
    }
  }
}
