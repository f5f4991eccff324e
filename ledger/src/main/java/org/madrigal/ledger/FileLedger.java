package org.madrigal.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Origin;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.LedgerException.Kind;

/**
 * A ledger in a folder, ordered by whoever has the orderer's key. Statements that arrive at the
 * same time share a block and one fsync; {@link #append} returns when its block is on the disk.
 *
 * <p>The files are described in {@link LedgerFolder}, {@link Genesis}, {@link BlockTop}. Memory: 24
 * bytes for each block and up to 48 for each entry, never their data.
 */
public final class FileLedger implements Ledger {

  /** The segment length of new ledgers, in bytes. */
  static final long SEGMENT_LENGTH = 64L * 1024 * 1024;

  private final BlockStore store;
  private final GroupCommit commit;

  private FileLedger(BlockStore store, SigningKey orderer, InstantSource clock) {
    this.store = store;
    this.commit = new GroupCommit(store, orderer, clock);
  }

  /**
   * Opens the ledger in {@code folder} for writing, and makes one if there is none. A torn tail is
   * cut off, see {@link #repaired}; damage is refused.
   *
   * @param folder where its files are; nothing else may be there
   * @param federation whose statements it orders
   * @param orderer the key that signs its blocks; it is not stored
   * @param clock the ledger's time
   * @throws LedgerException {@code LOCKED}, {@code FOREIGN}, {@code BROKEN} or {@code FULL}
   */
  public static FileLedger open(
      Path folder, FederationId federation, SigningKey orderer, InstantSource clock) {
    return open(folder, federation, Origin.of(federation), orderer, clock);
  }

  /**
   * As {@link #open(Path, FederationId, SigningKey, InstantSource)}, for a ledger that goes on
   * where another one ended.
   *
   * @param origin where it begins
   */
  public static FileLedger open(
      Path folder,
      FederationId federation,
      Origin origin,
      SigningKey orderer,
      InstantSource clock) {
    Genesis wanted = Genesis.sign(federation, orderer, SEGMENT_LENGTH, origin);
    return open(folder, wanted, orderer, clock, Disk.real());
  }

  static FileLedger open(
      Path folder,
      FederationId federation,
      SigningKey orderer,
      InstantSource clock,
      long segmentLength,
      Disk disk) {
    return open(folder, Genesis.sign(federation, orderer, segmentLength), orderer, clock, disk);
  }

  private static FileLedger open(
      Path folder, Genesis wanted, SigningKey orderer, InstantSource clock, Disk disk) {
    try {
      LedgerFolder.Held held = LedgerFolder.Held.take(folder, disk);
      try {
        Genesis genesis = genesis(folder, wanted, disk);
        return new FileLedger(BlockStore.open(held, genesis, new Growth()), orderer, clock);
      } catch (IOException | RuntimeException e) {
        held.lock().close();
        throw e;
      }
    } catch (IOException e) {
      throw unopened(folder, e);
    }
  }

  private static Genesis genesis(Path folder, Genesis wanted, Disk disk) throws IOException {
    if (!Files.exists(folder.resolve(Genesis.FILE))) {
      if (!LedgerFolder.segments(folder).isEmpty()) {
        throw new LedgerException(
            Kind.BROKEN,
            "The ledger in '%s' has lost its file '%s'; replace the folder by a member's copy"
                .formatted(folder, Genesis.FILE));
      }
      LedgerFolder.writeGenesis(folder, wanted, disk);
      return wanted;
    }
    return checked(folder, wanted.federation(), wanted.origin(), wanted.orderer().text());
  }

  /** The genesis in {@code folder}, if it is that of this federation, origin and orderer. */
  static Genesis checked(Path folder, FederationId federation, Origin origin, String orderer) {
    return switch (Genesis.read(folder)) {
      case Decoding.Malformed<Genesis>(String reason) ->
          throw new LedgerException(
              Kind.BROKEN, "The ledger in '%s' is damaged: %s".formatted(folder, reason));
      case Decoding.Decoded<Genesis>(Genesis genesis)
          when !genesis.federation().equals(federation) ->
          throw new LedgerException(
              Kind.FOREIGN,
              "The ledger in '%s' is that of federation %s, not of %s; use another folder"
                  .formatted(folder, genesis.federation(), federation));
      case Decoding.Decoded<Genesis>(Genesis genesis)
          when !genesis.orderer().text().equals(orderer) ->
          throw new LedgerException(
              Kind.FOREIGN,
              "The ledger in '%s' is ordered by %s, not by %s; use that key or another folder"
                  .formatted(folder, genesis.orderer().text(), orderer));
      case Decoding.Decoded<Genesis>(Genesis genesis) when !genesis.origin().equals(origin) ->
          throw new LedgerException(
              Kind.FOREIGN,
              "The ledger in '%s' begins at %s, not at %s; use another folder"
                  .formatted(folder, genesis.origin().head(), origin.head()));
      case Decoding.Decoded<Genesis>(Genesis genesis) -> genesis;
    };
  }

  static LedgerException unopened(Path folder, IOException cause) {
    Kind kind = FullDisk.isReason(cause, folder, 1) ? Kind.FULL : Kind.BROKEN;
    return new LedgerException(
        kind, "The ledger in '%s' could not be opened: %s".formatted(folder, cause), cause);
  }

  /** {@inheritDoc} {@code file:} and the orderer's public key. */
  @Override
  public String identity() {
    return store.genesis().identity();
  }

  @Override
  public void append(SignedStatement statement, Optional<Attachment> attachment)
      throws InterruptedException {
    commit.append(statement, attachment);
  }

  @Override
  public void catchUp(Duration wait) throws InterruptedException {
    store.checkOpen();
  }

  @Override
  public List<Entry> read(Position from, int limit, Duration wait) throws InterruptedException {
    return store.read(from, limit, wait);
  }

  /** Whose ledger this is, and who orders it. */
  public Genesis genesis() {
    return store.genesis();
  }

  /** What opening it cut off: a block whose writer was killed. */
  public Optional<TornTail> repaired() {
    return store.repaired();
  }

  /** The head of the last block; none if there is no block. */
  public Optional<SignedHead> head() {
    return store.head();
  }

  /** The head of the block at {@code height}; none if there is no such block. */
  public Optional<SignedHead> headAt(long height) {
    return store.stored().headAt(height);
  }

  /**
   * The history after its first {@code count} entries; none if it is shorter, or begins after them.
   */
  public Optional<Head> historyAfter(Position count) {
    return store.stored().historyAfter(count.value());
  }

  /** The number of blocks. */
  public long blockCount() {
    return store.stored().blocks();
  }

  /**
   * Whole blocks for a copy of this ledger.
   *
   * @param height the height of the first block wanted
   * @param maxBytes the most bytes; one block is given however long it is
   * @param wait how long to wait if there is no such block yet
   * @return the blocks, none if none came in time
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  public Optional<BlockRange> blocks(long height, long maxBytes, Duration wait)
      throws InterruptedException {
    return store.blocks(height, maxBytes, wait);
  }

  /** Writes what is waiting to be written, then closes. */
  @Override
  public void close() {
    commit.close();
    store.close();
  }
}
