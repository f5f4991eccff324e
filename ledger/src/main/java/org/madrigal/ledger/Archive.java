package org.madrigal.ledger;

import java.util.List;
import java.util.Optional;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Position;

/** A verified copy of a ledger that has ended: nothing is added to it any more. */
public interface Archive extends AutoCloseable {

  /**
   * Entries from {@code from} on, which must be in it.
   *
   * @param limit the most entries; one or more is given, fewer where they are large
   * @throws LedgerException {@code BROKEN} if the files cannot be read any more
   */
  List<Entry> read(Position from, int limit);

  /** The history after the first {@code count} entries; none where it is not in this copy. */
  Optional<Head> historyAfter(Position count);

  @Override
  void close();
}
