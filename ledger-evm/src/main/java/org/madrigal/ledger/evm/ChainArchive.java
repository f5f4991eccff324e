package org.madrigal.ledger.evm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.Archive;

/** The archive of a ledger on a chain: a member's copy of it. */
public final class ChainArchive implements Archive {

  private static final long BATCH = 64L << 20;

  private final EntrySpool spool;
  private final ChainCopy copy;

  private ChainArchive(EntrySpool spool, ChainCopy copy) {
    this.spool = spool;
    this.copy = copy;
  }

  /**
   * Opens it.
   *
   * @throws org.madrigal.ledger.LedgerException {@code LOCKED} or {@code BROKEN}
   */
  public static ChainArchive open(ChainCopy copy) {
    return new ChainArchive(
        EntrySpool.open(copy.folder(), copy.ledger(), copy.federation(), copy.origin()), copy);
  }

  @Override
  public List<Entry> read(Position from, int limit) {
    List<Entry> entries = new ArrayList<>();
    long bytes = 0;
    for (long next = from.value();
        next < spool.size() && entries.size() < limit && bytes < BATCH;
        next++) {
      Entry entry = spool.get(next).entry();
      entries.add(entry);
      bytes += entry.attachment().map(Attachment::ref).map(ref -> ref.length()).orElse(0L);
    }
    return List.copyOf(entries);
  }

  @Override
  public Optional<Head> historyAfter(Position count) {
    if (count.equals(copy.origin().first())) {
      return Optional.of(copy.origin().head());
    }
    boolean there = count.compareTo(copy.origin().first()) > 0 && count.value() <= spool.size();
    return there ? Optional.of(spool.get(count.value() - 1).head()) : Optional.empty();
  }

  @Override
  public void close() {
    spool.close();
  }
}
