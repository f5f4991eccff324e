package org.madrigal.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.LedgerException.Kind;

/**
 * Blocks in segment files, with one writer and many readers. A block that was written is visible
 * once {@link #publish} made it durable.
 *
 * <p>If making blocks durable fails, nobody can say any more what the disk holds (the operating
 * system may have dropped the pages and forgotten the error), so nothing is written until the
 * folder was opened, and thereby checked, again.
 */
final class BlockStore implements AutoCloseable {

  private final Path folder;
  private final Genesis genesis;
  private final Disk disk;
  private final FolderLock lock;
  private final StoredBlocks stored;
  private final StatementIndex statements;
  private final Growth growth;
  private final Optional<TornTail> repaired;

  private final List<BlockTop> pending = new ArrayList<>();
  private Chain durable;
  private Chain written;
  private Optional<SignedHead> head;
  private @Nullable SegmentWriter writer;
  private long durableLength;
  private @Nullable String failure;

  private BlockStore(LedgerFolder.Held held, Genesis genesis, Growth growth, Recovery found) {
    this.folder = held.folder();
    this.genesis = genesis;
    this.disk = held.disk();
    this.lock = held.lock();
    this.growth = growth;
    this.stored = new StoredBlocks(held.folder(), genesis, found);
    this.statements = found.statements;
    this.durable = found.chain();
    this.written = durable;
    this.head = found.head();
    this.durableLength = found.goodBytes();
    this.repaired = found.torn();
  }

  /** Opens the folder of this genesis, which is in it, and tells {@code growth} of its entries. */
  static BlockStore open(LedgerFolder.Held held, Genesis genesis, Growth growth)
      throws IOException {
    Recovery found = Recovery.of(held.folder(), genesis);
    BlockStore store = new BlockStore(held, genesis, growth, found);
    store.goOn(found.lastBlock());
    return store;
  }

  private synchronized void goOn(long lastBlock) throws IOException {
    if (!stored.segments().isEmpty()) {
      if (durableLength == 0) {
        dropEmptySegment();
      } else {
        writer = SegmentWriter.open(disk, stored.segments().getLast(), durableLength);
      }
      if (writer != null) {
        writer.rewrite(stored.segments().getLast(), lastBlock);
      }
      disk.forceNames(folder);
    }
    growth.grownTo(stored.entries());
  }

  Genesis genesis() {
    return genesis;
  }

  /** What readers see. */
  StoredBlocks stored() {
    return stored;
  }

  /** What opening cut off. */
  Optional<TornTail> repaired() {
    return repaired;
  }

  /** The head of the last durable block. */
  synchronized Optional<SignedHead> head() {
    return head;
  }

  /** The end of the chain that the next block must follow. */
  synchronized Chain chain() {
    return written;
  }

  /** Whether this statement is on the ledger and durable. */
  boolean knows(Digest statement) {
    return statements.find(statement, stored::statementAt).isPresent();
  }

  /** Final entries from {@code from} on; see {@link Ledger#read}. */
  List<Entry> read(Position from, int limit, Duration wait) throws InterruptedException {
    if (limit < 1) {
      throw new IllegalArgumentException("A limit is 1 or more, not %d".formatted(limit));
    }
    return stored.entries(from.value(), growth.await(from.value() + 1, wait), limit);
  }

  /** Whole blocks from {@code height} on, of one segment, waiting for the first. */
  Optional<BlockRange> blocks(long height, long maxBytes, Duration wait)
      throws InterruptedException {
    long entries = stored.entries();
    growth.await(height < stored.blocks() ? 0 : entries + 1, wait);
    return height < stored.blocks()
        ? Optional.of(stored.range((int) height, maxBytes))
        : Optional.empty();
  }

  /** Writes a block that follows the chain; nobody sees it before {@link #publish}. */
  synchronized void write(BlockTop block, List<ByteBuffer> data) throws DamagedException {
    checkWritable();
    Chain followed = written.follow(block);
    try {
      SegmentWriter target = segmentFor(block);
      List<ByteBuffer> parts = new ArrayList<>(1 + data.size());
      parts.add(block.encode());
      parts.addAll(data);
      target.append(parts);
    } catch (IOException e) {
      throw undo(e, block.blockLength());
    } catch (LedgerException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      failure = "The ledger in '%s' could not be written: %s".formatted(folder, e);
      throw e;
    }
    pending.add(block);
    written = followed;
  }

  /** Makes everything that was written durable, and shows it to readers. */
  synchronized void publish() {
    if (pending.isEmpty() || writer == null) {
      return;
    }
    checkWritable();
    try {
      writer.force();
    } catch (IOException e) {
      throw fail("The disk could not make the ledger in '%s' durable".formatted(folder), e);
    }
    for (BlockTop block : pending) {
      show(block);
    }
    durable = written;
    pending.clear();
    growth.grownTo(stored.entries());
  }

  private void show(BlockTop block) {
    stored.add(durableLength, block);
    durableLength += block.blockLength();
    long position = block.header().first().value();
    for (EntryRow row : block.rows()) {
      statements.add(row.statement(), position++);
    }
    head = Optional.of(new SignedHead(genesis.federation(), block.header(), block.signature()));
  }

  private SegmentWriter segmentFor(BlockTop block) throws IOException {
    if (writer != null && writer.length() + block.blockLength() <= genesis.segmentLength()) {
      return writer;
    }
    publish();
    Path file = LedgerFolder.segment(folder, block.header().first());
    SegmentWriter next = begin(file);
    if (writer != null) {
      writer.close();
    }
    writer = next;
    stored.segments().add(file);
    durableLength = 0;
    return next;
  }

  /** Begins a segment file, which is durably there or not at all. */
  private SegmentWriter begin(Path file) throws IOException {
    try {
      SegmentWriter next = SegmentWriter.open(disk, file, 0);
      try {
        disk.forceNames(folder);
        return next;
      } catch (IOException e) {
        next.close();
        throw e;
      }
    } catch (IOException e) {
      remove(file);
      throw e;
    }
  }

  private void remove(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      disk.forceNames(folder);
    }
  }

  /** Removes the last segment, which has no block, and goes on at the end of the one before. */
  private void dropEmptySegment() throws IOException {
    if (writer != null) {
      writer.close();
      writer = null;
    }
    remove(stored.segments().removeLast());
    if (!stored.segments().isEmpty()) {
      Path file = stored.segments().getLast();
      durableLength = Files.size(file);
      writer = SegmentWriter.open(disk, file, durableLength);
    }
  }

  /** Throws {@code CLOSED} if it was closed. */
  void checkOpen() {
    growth.checkOpen();
  }

  private void checkWritable() {
    checkOpen();
    if (failure != null) {
      throw new LedgerException(
          Kind.BROKEN, failure + "; nothing more is written until it is opened again");
    }
  }

  /** Takes back what is not durable; the ledger can be used again if the disk was full. */
  private LedgerException undo(IOException cause, long needed) {
    try {
      if (writer != null && durableLength == 0) {
        dropEmptySegment();
      } else if (writer != null) {
        writer.truncate(durableLength);
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
      return fail("The disk failed while the ledger in '%s' was written".formatted(folder), cause);
    }
    if (!FullDisk.isReason(cause, folder, needed)) {
      return fail("The disk failed while the ledger in '%s' was written".formatted(folder), cause);
    }
    pending.clear();
    written = durable;
    return new LedgerException(
        Kind.FULL,
        "The disk of '%s' is full: %d bytes could not be written; make space and try again"
            .formatted(folder, needed),
        cause);
  }

  private LedgerException fail(String message, IOException cause) {
    failure = message + ": " + cause.getMessage();
    pending.clear();
    written = durable;
    return new LedgerException(Kind.BROKEN, failure, cause);
  }

  /** Ends waiting calls and lets the folder go. */
  @Override
  public synchronized void close() {
    growth.close();
    try {
      try {
        if (writer != null) {
          writer.close();
          writer = null;
        }
      } finally {
        lock.close();
      }
    } catch (IOException e) {
      throw new LedgerException(
          Kind.BROKEN, "The ledger in '%s' could not be closed: %s".formatted(folder, e), e);
    }
  }
}
