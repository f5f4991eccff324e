package org.madrigal.app.dashboard;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
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
  private final EntryLookup lookup;
  private final Semaphore turn = new Semaphore(1);

  /** The folder of a file ledger, or a copy of one on a chain; its files may come later. */
  public FolderEntries(Path folder) {
    this.folder = folder;
    this.lookup = new EntryLookup(folder);
  }

  @Override
  public Optional<Entry> at(Position position) throws Problem {
    if (!turn.tryAcquire()) {
      throw new Problem(429, "Another statement is being read; ask again in a moment.")
          .with("Retry-After", "1");
    }
    try {
      Optional<ChainCopy> copy = ChainCopy.in(folder);
      return copy.isPresent() ? search(copy.get(), position) : lookup.at(position);
    } catch (LedgerException e) {
      throw new Problem(503, e.getMessage() + ".");
    } finally {
      turn.release();
    }
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
