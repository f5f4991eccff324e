package org.madrigal.core.state;

import java.util.List;
import java.util.Optional;
import org.madrigal.core.protocol.Held;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement.Receipt;

/**
 * Judges receipts. One counts if any of its attachments counts: others may have become too late on
 * the way.
 */
final class ReceiptJudge {

  private final MemberId author;
  private final List<Event> events;
  private Federation federation;

  private ReceiptJudge(Federation federation, MemberId author, List<Event> events) {
    this.federation = federation;
    this.author = author;
    this.events = events;
  }

  static Ruling receipt(
      Federation federation, MemberId author, Receipt statement, List<Event> events) {
    return new ReceiptJudge(federation, author, events).receipt(statement);
  }

  private Ruling receipt(Receipt statement) {
    if (federation.charter().rules().custody().isEmpty()) {
      return Hearing.refuse(Reason.NO_EFFECT, "the charter keeps every attachment on the ledger");
    }
    Optional<Ruling.Refused> first = Optional.empty();
    boolean any = false;
    for (Held held : statement.attachments()) {
      Optional<Ruling.Refused> refused = take(held);
      any |= refused.isEmpty();
      first = first.or(() -> refused);
    }
    return any ? new Ruling.Counted(federation) : first.orElseThrow();
  }

  private Optional<Ruling.Refused> take(Held held) {
    Elsewhere elsewhere = federation.elsewhere();
    Optional<Named> named = elsewhere.at(held.position());
    if (named.isEmpty()) {
      return Optional.of(
          Hearing.refuse(
              Reason.NO_EFFECT,
              "entry %s names no attachment that waits for receipts: there is none off the ledger, or its time is over"
                  .formatted(held.position())));
    }
    if (!named.get().attachment().sha256().equals(held.sha256())) {
      return Optional.of(
          Hearing.refuse(
              Reason.WRONG_DIGEST,
              "entry %s names the attachment %s, not %s"
                  .formatted(
                      held.position(),
                      named.get().attachment().sha256().abbreviated(),
                      held.sha256().abbreviated())));
    }
    if (named.get().holders().contains(author)) {
      return Optional.of(
          Hearing.refuse(
              Reason.SECOND_STATEMENT,
              "%s has said already that it holds the attachment of entry %s"
                  .formatted(author, held.position())));
    }
    Named more = named.get().with(author);
    federation = federation.with(elsewhere.with(more));
    if (more.holders().size() == elsewhere.needed()) {
      events.add(new Event.AttachmentAvailable(more));
    }
    return Optional.empty();
  }
}
