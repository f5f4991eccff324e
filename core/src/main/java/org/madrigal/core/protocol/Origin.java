package org.madrigal.core.protocol;

/**
 * Where a ledger begins: the history that its first entry follows, and the time that no entry of it
 * may be before. A ledger that goes on where another ended begins at that one's end.
 *
 * @param head the history before its first entry
 * @param time the time of the entry before its first one, or 1970
 */
public record Origin(Head head, LedgerTime time) {

  /** The origin of a ledger that begins with a federation. */
  public static Origin of(FederationId federation) {
    return new Origin(Head.genesis(federation), new LedgerTime(0));
  }

  /** The position of the first entry. */
  public Position first() {
    return head.position();
  }

  /** Whether no ledger was before. */
  public boolean isFirst() {
    return head.position().equals(Position.FIRST);
  }
}
