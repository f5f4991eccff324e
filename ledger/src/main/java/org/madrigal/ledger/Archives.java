package org.madrigal.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Origin;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.LedgerException.Kind;

/**
 * The ledgers that a federation has left, one after the other without gaps. What one of them holds
 * after its end is no part of the history.
 */
public final class Archives implements AutoCloseable {

  private final List<Part> parts = new ArrayList<>();

  /**
   * One of them.
   *
   * @param archive its entries
   * @param end where it ends
   */
  private record Part(Archive archive, Origin end) {}

  /** None yet. */
  public Archives() {}

  /**
   * Adds the next one, and from now on closes it.
   *
   * @param end where its members handed it over
   * @throws LedgerException {@code BROKEN} if it does not reach so far, or has another history
   *     there
   */
  public void add(Archive archive, Origin end) {
    parts.add(new Part(archive, end));
    Optional<Head> there = archive.historyAfter(end.first());
    if (!there.equals(Optional.of(end.head()))) {
      throw new LedgerException(
          Kind.BROKEN,
          "The archive of the ledger that was left has %s where the members handed over %s; replace it by another member's"
              .formatted(there.map(Head::toString).orElse("nothing"), end.head()));
    }
  }

  /** Where the ledger begins that is written to; none if no ledger was left. */
  public Optional<Origin> end() {
    return parts.isEmpty() ? Optional.empty() : Optional.of(parts.getLast().end());
  }

  /** Whether the entry at {@code position} is in one of them. */
  public boolean hold(Position position) {
    return !parts.isEmpty() && position.compareTo(parts.getLast().end().first()) < 0;
  }

  /** Entries from {@code from} on, one or more, which must be in one of them. */
  public List<Entry> read(Position from, int limit) {
    for (Part part : parts) {
      long left = part.end().first().value() - from.value();
      if (left > 0) {
        List<Entry> entries = part.archive().read(from, (int) Math.min(limit, left));
        if (entries.isEmpty()) {
          throw new LedgerException(
              Kind.BROKEN, "The archive of the ledger that was left has no entry " + from);
        }
        return entries;
      }
    }
    throw new IllegalArgumentException("Entry %s is in no archive".formatted(from));
  }

  /** The history after its first {@code count} entries; none if it is not known here. */
  public Optional<Head> historyAfter(Position count) {
    return parts.stream()
        .filter(part -> count.compareTo(part.end().first()) <= 0)
        .findFirst()
        .flatMap(part -> part.archive().historyAfter(count));
  }

  @Override
  public void close() {
    parts.forEach(part -> part.archive().close());
  }
}
