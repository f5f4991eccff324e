package org.madrigal.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;

/**
 * The ledger of a federation that has moved: reads from the archives what was before, and speaks to
 * the present one.
 */
public final class MovedLedger implements Ledger {

  private final Archives before;
  private final Ledger present;
  private final Set<String> left;

  /**
   * Closes both with itself.
   *
   * @param left the names of the ledgers that were left
   */
  public MovedLedger(Archives before, Ledger present, Set<String> left) {
    this.before = before;
    this.present = present;
    this.left = Set.copyOf(left);
  }

  /** {@inheritDoc} That of the present one. */
  @Override
  public String identity() {
    return present.identity();
  }

  @Override
  public boolean continues(String ledger) {
    return left.contains(ledger);
  }

  @Override
  public void append(SignedStatement statement, Optional<Attachment> attachment)
      throws InterruptedException {
    present.append(statement, attachment);
  }

  @Override
  public void catchUp(Duration wait) throws InterruptedException {
    present.catchUp(wait);
  }

  @Override
  public List<Entry> read(Position from, int limit, Duration wait) throws InterruptedException {
    return before.hold(from) ? before.read(from, limit) : present.read(from, limit, wait);
  }

  @Override
  public void close() {
    try (before) {
      present.close();
    }
  }
}
