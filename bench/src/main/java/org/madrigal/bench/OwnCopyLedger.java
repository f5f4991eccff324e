package org.madrigal.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.Ledger;

/**
 * A shared ledger in memory as one of several nodes in a JVM would see it from a host of its own:
 * every byte that it reads is hashed for it.
 */
final class OwnCopyLedger implements Ledger {

  private final Ledger shared;

  OwnCopyLedger(Ledger shared) {
    this.shared = shared;
  }

  @Override
  public String identity() {
    return shared.identity();
  }

  @Override
  public void append(SignedStatement statement, Optional<Attachment> attachment)
      throws InterruptedException {
    shared.append(statement, attachment);
  }

  @Override
  public void catchUp(Duration wait) throws InterruptedException {
    shared.catchUp(wait);
  }

  @Override
  public List<Entry> read(Position from, int limit, Duration wait) throws InterruptedException {
    return shared.read(from, limit, wait).stream().map(OwnCopyLedger::hashed).toList();
  }

  private static Entry hashed(Entry entry) {
    return new Entry(
        entry.position(),
        entry.time(),
        SignedStatement.of(entry.statement().bytes()),
        entry.attachment().map(attachment -> Attachment.of(attachment.content())));
  }

  @Override
  public void close() {}
}
