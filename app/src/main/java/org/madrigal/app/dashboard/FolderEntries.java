package org.madrigal.app.dashboard;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.move.MovedFolder;
import org.madrigal.app.rest.Problem;
import org.madrigal.app.rest.Site;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.EntryLookup;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.evm.ChainCopy;

/** The entries of a ledger's folder, read for one person at a time. */
public final class FolderEntries implements Site.Entries {

  private final Path folder;
  private final Map<Path, EntryLookup> lookups = new HashMap<>();
  private final Semaphore turn = new Semaphore(1);

  /** The folder of a file ledger, or a copy of one on a chain; its files may come later. */
  public FolderEntries(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<Entry> at(Position position) throws Problem {
    if (!turn.tryAcquire()) {
      throw new Problem(429, "Another statement is being read; ask again in a moment.")
          .with("Retry-After", "1");
    }
    try {
      Path part = part(position);
      Optional<ChainCopy> copy = ChainCopy.in(part);
      return copy.isPresent()
          ? search(copy.get(), position)
          : lookups.computeIfAbsent(part, EntryLookup::new).at(position);
    } catch (LedgerException e) {
      throw new Problem(503, e.getMessage() + ".");
    } finally {
      turn.release();
    }
  }

  /** Of a federation that has moved, the ledger that holds the entry. */
  private Path part(Position position) {
    Optional<MovedFolder> moved = MovedFolder.in(folder);
    if (moved.isEmpty()) {
      return folder;
    }
    return moved.get().left().stream()
        .filter(left -> position.compareTo(left.handover().end().first()) < 0)
        .map(MovedFolder.Left::files)
        .findFirst()
        .orElseGet(moved.get()::present);
  }

  /** A copy of a chain has no index: it is read from its start. */
  private static Optional<Entry> search(ChainCopy copy, Position position) {
    AtomicReference<@Nullable Entry> found = new AtomicReference<>();
    copy.read(entry -> {
      if (entry.position().equals(position)) {
        found.set(entry);
      }
    });
    return Optional.ofNullable(found.get());
  }
}
