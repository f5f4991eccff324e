package org.madrigal.ledger;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;

/** A ledger that lives as long as its object: for simulations and tests. */
public final class MemoryLedger implements Ledger {

  private final InstantSource clock;
  private final Growth growth = new Growth();
  private final List<Entry> entries = new ArrayList<>();
  private final Set<Digest> known = new HashSet<>();

  /** An empty ledger whose time is {@code clock}'s. */
  public MemoryLedger(InstantSource clock) {
    this.clock = clock;
  }

  /** {@inheritDoc} Always {@code memory}. */
  @Override
  public String identity() {
    return "memory";
  }

  @Override
  public void append(SignedStatement statement, Optional<Attachment> attachment) {
    growth.checkOpen();
    int size;
    synchronized (entries) {
      if (!known.add(statement.digest())) {
        return;
      }
      entries.add(new Entry(new Position(entries.size()), now(), statement, attachment));
      size = entries.size();
    }
    growth.grownTo(size);
  }

  @Override
  public void catchUp(Duration wait) {
    growth.checkOpen();
  }

  @Override
  public List<Entry> read(Position from, int limit, Duration wait) throws InterruptedException {
    long size = growth.await(from.value() + 1, wait);
    if (from.value() >= size) {
      return List.of();
    }
    int first = (int) from.value();
    synchronized (entries) {
      return List.copyOf(entries.subList(first, (int) Math.min(size, (long) first + limit)));
    }
  }

  @Override
  public void close() {
    growth.close();
  }

  private LedgerTime now() {
    LedgerTime now = new LedgerTime(Math.max(0, clock.millis()));
    if (entries.isEmpty()) {
      return now;
    }
    LedgerTime last = entries.getLast().time();
    return now.isAfter(last) ? now : last;
  }
}
