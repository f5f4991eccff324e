package org.madrigal.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.LedgerException;

/** A ledger that fails when a test says so, and remembers what it was given. */
final class FlakyLedger implements Ledger {

  private final Ledger ledger;
  final List<SignedStatement> given = new ArrayList<>();
  Optional<Attachment> givenLast = Optional.empty();
  @Nullable LedgerException readFailure;
  @Nullable LedgerException appendFailure;
  @Nullable LedgerException catchUpFailure;
  boolean swallows;

  /** How many entries can be read before it has caught up. */
  int known = Integer.MAX_VALUE;

  FlakyLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public String identity() {
    return ledger.identity();
  }

  @Override
  public void append(SignedStatement statement, Optional<Attachment> attachment)
      throws InterruptedException {
    given.add(statement);
    givenLast = attachment;
    LedgerException failure = appendFailure;
    if (failure != null) {
      throw failure;
    }
    if (!swallows) {
      ledger.append(statement, attachment);
    }
  }

  @Override
  public void catchUp(Duration wait) throws InterruptedException {
    LedgerException failure = catchUpFailure;
    if (failure != null) {
      throw failure;
    }
    ledger.catchUp(wait);
    known = Integer.MAX_VALUE;
  }

  @Override
  public List<Entry> read(Position from, int limit, Duration wait) throws InterruptedException {
    LedgerException failure = readFailure;
    if (failure != null) {
      throw failure;
    }
    return ledger.read(from, limit, wait).stream()
        .filter(entry -> entry.position().value() < known)
        .toList();
  }

  @Override
  public void close() {
    ledger.close();
  }
}
