package org.madrigal.core.protocol;

import java.util.Optional;

/**
 * A signed statement at its place in the history, final and in order.
 *
 * @param position its place
 * @param time the ledger's time, never before that of the entry before it
 * @param statement the exact bytes, which may be anything: replay judges them
 * @param attachment the bytes that travelled beside it, if any; replay checks that the statement
 *     names them
 * @param claims what rode beside it, on a ledger that cannot read statements; replay checks that
 *     the statement says the same
 */
public record Entry(
    Position position,
    LedgerTime time,
    SignedStatement statement,
    Optional<Attachment> attachment,
    Optional<Claims> claims) {

  /** An entry of a ledger that takes no claims. */
  public Entry(
      Position position,
      LedgerTime time,
      SignedStatement statement,
      Optional<Attachment> attachment) {
    this(position, time, statement, attachment, Optional.empty());
  }
}
