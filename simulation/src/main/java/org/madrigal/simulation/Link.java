package org.madrigal.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.LedgerException;

/**
 * A member's way to the ledger. It may be cut, and the ledger may keep the member's statements back
 * without saying so. Nothing here waits: time passes between events only.
 */
final class Link implements Ledger {

  private final MemberId member;
  private final SimulatedLedger ledger;
  private final LedgerHabits habits;
  private final Chance chance;
  private final List<Runnable> heldBack = new ArrayList<>();
  private Branch branch;
  private int reach;
  private boolean cut;
  private boolean censored;
  private boolean closed;
  private boolean idle;

  Link(MemberId member, SimulatedLedger ledger, Branch branch, LedgerHabits habits, Chance chance) {
    this.member = member;
    this.ledger = ledger;
    this.branch = branch;
    this.habits = habits;
    this.chance = chance;
  }

  // ---- what goes wrong --------------------------------------------------------------------------

  /** The network is down until it is mended. */
  void cut() {
    cut = true;
  }

  /** The network works again. */
  void mend() {
    cut = false;
  }

  /** The ledger keeps back what the member says, or stops doing so and lets some of it in. */
  void censor(boolean now) {
    censored = now;
    if (!now) {
      heldBack.stream().filter(any -> chance.once(0.5)).forEach(Runnable::run);
      heldBack.clear();
    }
  }

  /** From now on the member is shown another history with the same beginning. */
  void show(Branch other) {
    branch = other;
    reach = Math.min(reach, other.entries().size());
  }

  /** The member can read {@code size} entries; whether that is more than before. */
  boolean reach(int size) {
    boolean more = size > reach;
    reach = Math.max(reach, size);
    return more && !cut;
  }

  /** Who this is the way of. */
  MemberId member() {
    return member;
  }

  /** The history that the member is shown. */
  Branch branch() {
    return branch;
  }

  /** Whether the last read found nothing; asked once. */
  boolean wasIdle() {
    boolean was = idle;
    idle = false;
    return was;
  }

  // ---- the port ---------------------------------------------------------------------------------

  @Override
  public String identity() {
    return "simulated";
  }

  @Override
  public void append(SignedStatement statement, Optional<Attachment> attachment) {
    checkOpen();
    if (cut) {
      if (chance.once(0.3)) {
        accept(statement, attachment);
      }
      throw unreachable();
    }
    accept(statement, attachment);
    if (chance.once(habits.failing())) {
      throw unreachable();
    }
  }

  private void accept(SignedStatement statement, Optional<Attachment> attachment) {
    Branch shown = branch;
    if (censored) {
      heldBack.add(() -> ledger.send(shown, statement, attachment));
    } else {
      ledger.send(shown, statement, attachment);
    }
  }

  @Override
  public void catchUp(Duration wait) {
    checkOpen();
    if (cut || chance.once(habits.failing())) {
      throw unreachable();
    }
    reach = branch.entries().size();
  }

  @Override
  public List<Entry> read(Position from, int limit, Duration wait) {
    checkOpen();
    if (cut || chance.once(habits.failing())) {
      throw unreachable();
    }
    int first = (int) from.value();
    if (first >= reach) {
      idle = true;
      return List.of();
    }
    int most = Math.min(limit, reach - first);
    int count = habits.slowest().isZero() ? most : chance.between(1, most);
    return List.copyOf(branch.entries().subList(first, first + count));
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen() {
    if (closed) {
      throw new LedgerException(LedgerException.Kind.CLOSED, "This ledger was closed");
    }
  }

  private static LedgerException unreachable() {
    return new LedgerException(
        LedgerException.Kind.UNREACHABLE, "The simulated ledger did not answer in time");
  }
}
