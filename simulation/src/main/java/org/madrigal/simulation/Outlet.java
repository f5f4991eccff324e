package org.madrigal.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.Ledger;

/**
 * The end of a node towards the ledger: whatever leaves it is heard here, and the power may fail
 * just before or just after.
 */
final class Outlet implements Ledger {

  /** Hears what leaves the node. */
  @FunctionalInterface
  interface Ear {
    void said(SignedStatement statement);
  }

  private final Ledger ledger;
  private final SimulatedDisk disk;
  private final Ear ear;
  private long appends;
  private long failAt = Long.MAX_VALUE;
  private boolean after;

  Outlet(Ledger ledger, SimulatedDisk disk, Ear ear) {
    this.ledger = ledger;
    this.disk = disk;
    this.ear = ear;
  }

  /** Fails at the append with this number, counted from one, before or after it was made. */
  void failAt(long append, boolean afterwards) {
    failAt = append;
    after = afterwards;
  }

  /** How many appends there were. */
  long appends() {
    return appends;
  }

  @Override
  public String identity() {
    return ledger.identity();
  }

  @Override
  public void append(SignedStatement statement, Optional<Attachment> attachment)
      throws InterruptedException {
    appends++;
    boolean fails = appends == failAt;
    if (fails && !after) {
      fail();
    }
    ear.said(statement);
    ledger.append(statement, attachment);
    if (fails) {
      fail();
    }
  }

  private void fail() {
    disk.cutPower();
    throw new PowerFailure("an append to the ledger");
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
