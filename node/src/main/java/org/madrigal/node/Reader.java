package org.madrigal.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.LedgerException;

/**
 * Reads the ledger: one read at a time, on another thread; entries arrive on the owner thread.
 * Confined to the owner thread.
 */
final class Reader {

  private static final int LIMIT = 64;

  private final Ledger ledger;
  private final Surroundings surroundings;
  private final Duration poll;
  private final Inbox inbox;
  private final LedgerTrouble trouble;
  private final Backoff backoff;
  private final Consumer<List<Entry>> arrived;
  private Instant notBefore = Instant.MIN;
  private @Nullable Task reading;
  private boolean caughtUp;

  /** A reader that gives the entries to {@code arrived}, on the owner thread. */
  Reader(
      Ledger ledger,
      Surroundings surroundings,
      Delays delays,
      Inbox inbox,
      LedgerTrouble trouble,
      Consumer<List<Entry>> arrived) {
    this.ledger = ledger;
    this.surroundings = surroundings;
    this.poll = delays.poll();
    this.inbox = inbox;
    this.trouble = trouble;
    this.backoff = new Backoff(delays.retry(), delays.longest(), surroundings.random());
    this.arrived = arrived;
  }

  /** Whether everything that was on the ledger at the start has arrived. */
  boolean hasCaughtUp() {
    return caughtUp;
  }

  /** Everything is to be read again, from the first entry. */
  void startAgain() {
    caughtUp = false;
  }

  /** Begins the next read, unless one is under way or it is too early. */
  void read(Position from) {
    if (reading != null || surroundings.clock().instant().isBefore(notBefore)) {
      return;
    }
    boolean isBehind = !caughtUp;
    Task task = new Task(() -> fetch(from, isBehind));
    reading = task;
    surroundings.edges().execute(task);
  }

  /** Runs on a thread of {@link Surroundings#edges()}. */
  private void fetch(Position from, boolean isBehind) throws InterruptedException {
    try {
      List<Entry> entries = ledger.read(from, LIMIT, isBehind ? Duration.ZERO : poll);
      if (isBehind && entries.isEmpty()) {
        ledger.catchUp(poll);
        entries = ledger.read(from, LIMIT, Duration.ZERO);
      }
      List<Entry> read = entries;
      inbox.post(() -> received(read));
    } catch (LedgerException e) {
      inbox.post(() -> failed(e));
    } catch (RuntimeException | Error e) {
      inbox.post(() -> {
        throw e;
      });
    }
  }

  private void received(List<Entry> entries) {
    reading = null;
    backoff.reset();
    if (entries.isEmpty()) {
      caughtUp = true;
    }
    arrived.accept(entries);
  }

  private void failed(LedgerException e) {
    reading = null;
    notBefore = backoff.next(surroundings.clock().instant());
    trouble.handle(e);
  }

  /** Interrupts the read that is under way; it changes nothing. */
  void stop(Duration most) throws InterruptedException {
    Task running = reading;
    if (running != null) {
      running.cancel();
      running.await(most);
    }
  }
}
