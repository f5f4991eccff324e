package org.madrigal.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Origin;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.LedgerException.Kind;

/**
 * A member's own verified full copy of a {@link FileLedger}: the same files, byte for byte. Nothing
 * gets into it that the orderer did not sign, or that does not follow what is in it; what is in it
 * is never changed. A torn tail is cut off when it is opened.
 */
public final class LedgerCopy implements AutoCloseable {

  private final LedgerFolder.Held held;
  private final FederationId federation;
  private final VerifyingKey orderer;
  private final Origin origin;
  private final Growth growth = new Growth();
  private volatile @Nullable BlockStore store;

  /** What came of taking blocks into the copy. */
  public sealed interface Acceptance {

    /** All blocks are in the copy, and durable. */
    record Accepted(int blocks) implements Acceptance {}

    /**
     * A block is not one that the orderer signed, or does not follow; those before it are in.
     *
     * @param reason why, a clause for people
     */
    record Refused(String reason) implements Acceptance {}
  }

  private LedgerCopy(
      LedgerFolder.Held held, FederationId federation, VerifyingKey orderer, Origin origin) {
    this.held = held;
    this.origin = origin;
    this.federation = federation;
    this.orderer = orderer;
  }

  /**
   * Opens the copy in {@code folder}, or an empty one.
   *
   * @throws LedgerException {@code LOCKED}, {@code FOREIGN}, {@code BROKEN} or {@code FULL}
   */
  public static LedgerCopy open(Path folder, FederationId federation, VerifyingKey orderer) {
    return open(folder, federation, orderer, Origin.of(federation));
  }

  /** As {@link #open(Path, FederationId, VerifyingKey)}, of a ledger that begins elsewhere. */
  public static LedgerCopy open(
      Path folder, FederationId federation, VerifyingKey orderer, Origin origin) {
    return open(folder, federation, orderer, origin, Disk.real());
  }

  static LedgerCopy open(Path folder, FederationId federation, VerifyingKey orderer, Disk disk) {
    return open(folder, federation, orderer, Origin.of(federation), disk);
  }

  private static LedgerCopy open(
      Path folder, FederationId federation, VerifyingKey orderer, Origin origin, Disk disk) {
    try {
      LedgerFolder.Held held = LedgerFolder.Held.take(folder, disk);
      try {
        LedgerCopy copy = new LedgerCopy(held, federation, orderer, origin);
        if (Files.exists(folder.resolve(Genesis.FILE))) {
          Genesis genesis = FileLedger.checked(folder, federation, origin, orderer.text());
          copy.store = BlockStore.open(held, genesis, copy.growth);
        }
        return copy;
      } catch (IOException | RuntimeException e) {
        held.lock().close();
        throw e;
      }
    } catch (IOException e) {
      throw FileLedger.unopened(folder, e);
    }
  }

  /** Whether the copy has the genesis, so that blocks can follow. */
  public boolean begun() {
    return store != null;
  }

  /**
   * Begins an empty copy.
   *
   * @throws LedgerException {@code FOREIGN} if it is the genesis of another ledger
   */
  public synchronized void begin(Genesis genesis) {
    if (!genesis.federation().equals(federation) || !genesis.orderer().equals(orderer)) {
      throw new LedgerException(
          Kind.FOREIGN,
          "The ledger is that of federation %s ordered by %s, not of %s ordered by %s"
              .formatted(
                  genesis.federation(), genesis.orderer().text(), federation, orderer.text()));
    }
    if (!genesis.origin().equals(origin)) {
      throw new LedgerException(
          Kind.FOREIGN,
          "The ledger of %s begins at %s, not at %s, where the history that is here ends"
              .formatted(genesis.orderer().text(), genesis.origin().head(), origin.head()));
    }
    if (begun()) {
      return;
    }
    try {
      LedgerFolder.writeGenesis(held.folder(), genesis, held.disk());
      store = BlockStore.open(held, genesis, growth);
    } catch (IOException e) {
      throw FileLedger.unopened(held.folder(), e);
    }
  }

  /**
   * Takes the blocks of {@code in} that follow, checks every byte of them, and makes them durable.
   * If the stream fails in between, the blocks before are in.
   *
   * @param in blocks one after the other
   * @param length their bytes
   * @throws IOException if the stream fails
   * @throws LedgerException {@code FULL} or {@code BROKEN} if they cannot be stored
   */
  public synchronized Acceptance accept(InputStream in, long length) throws IOException {
    BlockStore target = begunStore();
    BlockStream stream = new BlockStream(in, length);
    int blocks = 0;
    try {
      Optional<BlockTop> next = stream.next();
      while (next.isPresent()) {
        take(target, stream, next.get());
        blocks++;
        next = stream.next();
      }
      return new Acceptance.Accepted(blocks);
    } catch (DamagedException.Torn e) {
      throw new IOException("the connection ended within a block: " + e.reason(), e);
    } catch (DamagedException e) {
      return new Acceptance.Refused(e.reason());
    } finally {
      target.publish();
    }
  }

  private void take(BlockStore target, BlockStream stream, BlockTop block)
      throws IOException, DamagedException {
    SignedHead signed = new SignedHead(federation, block.header(), block.signature());
    if (signed.verify(orderer) == Verification.FORGED) {
      throw new DamagedException(
          "block %d is not signed by the orderer %s".formatted(signed.height(), orderer.text()));
    }
    target.chain().follow(block);
    List<ByteBuffer> data = new ArrayList<>();
    for (int i = 0; i < block.rows().size(); i++) {
      Entry entry = stream.readEntry(block, i);
      if (!EntryRow.of(entry.statement(), entry.attachment()).equals(block.rows().get(i))) {
        throw new DamagedException(i, "the checksum of the entry does not fit");
      }
      data.add(entry.statement().bytes().asReadOnlyBuffer());
      entry.attachment().ifPresent(a -> data.add(a.content().asReadOnlyBuffer()));
    }
    target.write(block, data);
  }

  /** Final entries of the copy; see {@link Ledger#read}. */
  public List<Entry> read(Position from, int limit, Duration wait) throws InterruptedException {
    growth.await(from.value() + 1, wait);
    BlockStore source = store;
    return source == null ? List.of() : source.read(from, limit, Duration.ZERO);
  }

  /** Whether this statement is in the copy. */
  public boolean contains(SignedStatement statement) {
    BlockStore source = store;
    return source != null && source.knows(statement.digest());
  }

  /** The number of blocks. */
  public long blockCount() {
    BlockStore source = store;
    return source == null ? 0 : source.stored().blocks();
  }

  /** The head of the last block; none if there is no block. */
  public Optional<SignedHead> head() {
    BlockStore source = store;
    return source == null ? Optional.empty() : source.head();
  }

  /** The head of the block at {@code height}; none if there is no such block. */
  public Optional<SignedHead> headAt(long height) {
    BlockStore source = store;
    return source == null ? Optional.empty() : source.stored().headAt(height);
  }

  /** The history after its first {@code count} entries; none where it is not in the copy. */
  public Optional<Head> historyAfter(Position count) {
    BlockStore source = store;
    return source == null ? Optional.empty() : source.stored().historyAfter(count.value());
  }

  /** What opening it cut off: a block that was not whole when the process was killed. */
  public Optional<TornTail> repaired() {
    BlockStore source = store;
    return source == null ? Optional.empty() : source.repaired();
  }

  /** Ends the waiting for more entries: readers get {@code reason} once they know all. */
  public void stopGrowing(LedgerException reason) {
    growth.fail(reason);
  }

  private BlockStore begunStore() {
    BlockStore target = store;
    if (target == null) {
      throw new IllegalStateException("The copy has no genesis yet");
    }
    return target;
  }

  @Override
  public synchronized void close() {
    growth.close();
    BlockStore open = store;
    if (open != null) {
      open.close();
      return;
    }
    try {
      held.lock().close();
    } catch (IOException e) {
      throw FileLedger.unopened(held.folder(), e);
    }
  }
}
