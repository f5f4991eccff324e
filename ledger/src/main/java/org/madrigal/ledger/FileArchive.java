package org.madrigal.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.LedgerException.Kind;

/** The archive of a {@link FileLedger}: its folder, or a member's copy of it. */
public final class FileArchive implements Archive {

  private final LedgerCopy copy;
  private final Path folder;

  private FileArchive(LedgerCopy copy, Path folder) {
    this.copy = copy;
    this.folder = folder;
  }

  /**
   * Opens it.
   *
   * @throws LedgerException {@code LOCKED} or {@code BROKEN}
   */
  public static FileArchive open(Path folder) {
    return switch (Genesis.read(folder)) {
      case Decoding.Malformed<Genesis>(String reason) ->
          throw new LedgerException(
              Kind.BROKEN, "The ledger in '%s' is damaged: %s".formatted(folder, reason));
      case Decoding.Decoded<Genesis>(Genesis genesis) ->
          new FileArchive(
              LedgerCopy.open(folder, genesis.federation(), genesis.orderer(), genesis.origin()),
              folder);
    };
  }

  @Override
  public List<Entry> read(Position from, int limit) {
    try {
      return copy.read(from, limit, Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerException(
          Kind.UNREACHABLE, "Reading the archive in '%s' was interrupted".formatted(folder), e);
    }
  }

  @Override
  public Optional<Head> historyAfter(Position count) {
    return copy.historyAfter(count);
  }

  @Override
  public void close() {
    copy.close();
  }
}
