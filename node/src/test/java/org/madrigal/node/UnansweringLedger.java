package org.madrigal.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.Ledger;

/** A ledger that takes what it is given and never says so. */
record UnansweringLedger(Ledger ledger) implements Ledger {

  @Override
  public String identity() {
    return ledger.identity();
  }

  @Override
  public void append(SignedStatement statement, Optional<Attachment> attachment)
      throws InterruptedException {
    ledger.append(statement, attachment);
    new CountDownLatch(1).await();
  }

  @Override
  public void catchUp(Duration wait) throws InterruptedException {
    ledger.catchUp(wait);
  }

  @Override
  public List<Entry> read(Position from, int limit, Duration wait) throws InterruptedException {
    return ledger.read(from, limit, wait);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
