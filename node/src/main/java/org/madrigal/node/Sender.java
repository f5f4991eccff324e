package org.madrigal.node;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.LedgerException;
import org.madrigal.node.journal.Outbox;
import org.madrigal.node.journal.Signing.Said;
import org.madrigal.node.journal.Slot;

/**
 * Sends what is said and not read back, the same bytes again and again, each time after a longer
 * wait. Confined to the owner thread; the ledger is spoken to on other threads.
 */
final class Sender {

  private final Ledger ledger;
  private final Outbox outbox;
  private final Surroundings surroundings;
  private final Delays delays;
  private final Inbox inbox;
  private final LedgerTrouble trouble;
  private final NodeListener listener;
  private final Map<Slot, Sending> sendings = new HashMap<>();

  private static final class Sending {
    final Backoff whenSilent;
    final Backoff whenFailed;
    Instant notBefore = Instant.MIN;
    @Nullable Task running;

    Sending(Delays delays, Surroundings surroundings) {
      whenSilent = new Backoff(delays.resend(), delays.longest(), surroundings.random());
      whenFailed = new Backoff(delays.retry(), delays.longest(), surroundings.random());
    }
  }

  Sender(
      Ledger ledger,
      Outbox outbox,
      Surroundings surroundings,
      Delays delays,
      Inbox inbox,
      LedgerTrouble trouble,
      NodeListener listener) {
    this.ledger = ledger;
    this.outbox = outbox;
    this.surroundings = surroundings;
    this.delays = delays;
    this.inbox = inbox;
    this.trouble = trouble;
    this.listener = listener;
  }

  /** Sends of {@code wanted} what is due; gives up the rest, also where no answer has come yet. */
  void send(Collection<Said> wanted) {
    giveUpAllBut(wanted.stream().map(Said::slot).toList());
    Instant now = surroundings.clock().instant();
    for (Said said : wanted) {
      Sending sending =
          sendings.computeIfAbsent(said.slot(), any -> new Sending(delays, surroundings));
      if (sending.running == null && !now.isBefore(sending.notBefore)) {
        start(said, sending);
      }
    }
  }

  private void giveUpAllBut(Collection<Slot> wanted) {
    sendings
        .entrySet()
        .removeIf(each -> {
          Task running = each.getValue().running;
          boolean over = !wanted.contains(each.getKey());
          if (over && running != null) {
            running.cancel();
          }
          return over;
        });
  }

  private void start(Said said, Sending sending) {
    Optional<Attachment> attachment = said.attachment().flatMap(outbox::get);
    if (attachment.isPresent() != said.attachment().isPresent()) {
      sending.notBefore = Instant.MAX;
      listener.on(
          new NodeEvent.Trouble(
              "The data of %s is gone from the outbox, so it cannot be sent: this member is absent there"
                  .formatted(said.slot())));
      return;
    }
    Task task = new Task(() -> append(said, attachment, sending));
    sending.running = task;
    surroundings.edges().execute(task);
  }

  /** Runs on a thread of {@link Surroundings#edges()}. */
  private void append(Said said, Optional<Attachment> attachment, Sending sending)
      throws InterruptedException {
    try {
      ledger.append(said.statement(), attachment);
      inbox.post(() -> sent(sending));
    } catch (LedgerException e) {
      inbox.post(() -> failed(sending, e));
    } catch (RuntimeException | Error e) {
      inbox.post(() -> {
        throw e;
      });
    }
  }

  private void sent(Sending sending) {
    sending.running = null;
    sending.whenFailed.reset();
    sending.notBefore = sending.whenSilent.next(surroundings.clock().instant());
    trouble.passed();
  }

  private void failed(Sending sending, LedgerException e) {
    sending.running = null;
    sending.notBefore = sending.whenFailed.next(surroundings.clock().instant());
    trouble.handle(e);
  }

  /**
   * Waits until what is under way has arrived; interrupts what has not after {@code most}. It is
   * sent again after the next start.
   */
  void stop(Duration most) throws InterruptedException {
    Duration left = most;
    for (Sending sending : sendings.values()) {
      Task running = sending.running;
      if (running != null && !running.await(left)) {
        running.cancel();
        left = Duration.ZERO;
      }
    }
    sendings.clear();
  }
}
