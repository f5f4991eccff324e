package org.madrigal.core.state;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.Statement.InitialModel;
import org.madrigal.core.protocol.Statement.Update;
import org.madrigal.core.state.Ruling.Counted;
import org.madrigal.core.state.Ruling.Refused;

/**
 * Judges what everybody can read: the initial model, and updates that travel in the open.
 *
 * @param federation the federation before the statement
 * @param entry the statement
 * @param author who said it
 */
record OpenJudge(Federation federation, Entry entry, MemberId author) {

  /** What the initial model comes to: it starts the training, or waits for receipts. */
  Ruling initialModel(InitialModel statement, List<Event> events) {
    if (!(federation.phase() instanceof Phase.AwaitingModel awaiting)) {
      return Hearing.refuse(
          federation.phase() instanceof Phase.Enrolling
              ? Reason.OUT_OF_ORDER
              : Reason.SECOND_STATEMENT,
          "the initial model is not due now");
    }
    Charter charter = federation.charter();
    Digest expected = charter.initialDigest();
    if (!statement.model().sha256().equals(expected)) {
      return Hearing.refuse(
          Reason.FOREIGN_MODEL,
          "the charter's initial model is %s, not %s"
              .formatted(expected.abbreviated(), statement.model().sha256().abbreviated()));
    }
    Optional<Refused> wrong = checkLength(charter, statement.model());
    if (wrong.isPresent()) {
      return wrong.get();
    }
    if (charter.keepsOffLedger(statement.model())) {
      return awaiting.elsewhere().all().isEmpty()
          ? new Counted(
              federation.with(awaiting.elsewhere().with(named(statement, statement.model()))))
          : Hearing.refuse(Reason.SECOND_STATEMENT, "the initial model is named already");
    }
    Bytes content = entry.attachment().orElseThrow().content();
    Optional<Refused> unsound = checkNumbers(content, Float.MAX_VALUE).map(Refused::new);
    return unsound.isPresent()
        ? unsound.get()
        : new Counted(Start.from(federation, content, entry.time(), events));
  }

  /** What an update comes to. */
  Ruling update(Update statement) {
    Charter charter = federation.charter();
    if (charter.rules().privacy() != Privacy.NONE) {
      return Hearing.refuse(
          Reason.WRONG_PRIVACY, "the charter forbids updates that others can read");
    }
    if (!(federation.phase() instanceof Phase.Training training)) {
      return Hearing.refuse(Reason.WRONG_ROUND, "no round is open");
    }
    OpenRound open = training.open();
    Optional<Refused> unfit = checkPlace(statement, training);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    Optional<Refused> wrong = checkLength(charter, statement.delta());
    if (wrong.isPresent()) {
      return wrong.get();
    }
    if (charter.keepsOffLedger(statement.delta())) {
      return new Counted(
          federation.with(open.elsewhere().with(named(statement, statement.delta()))));
    }
    Bytes delta = entry.attachment().orElseThrow().content();
    Optional<Rejection> unsound = checkNumbers(delta, charter.rules().bound());
    if (unsound.isPresent()) {
      return new Refused(unsound.get());
    }
    OpenRound fuller = open.with(author, entry.position(), open.received().plus(author, delta));
    return new Counted(federation.with(training.with(fuller)));
  }

  private Optional<Refused> checkPlace(Update statement, Phase.Training training) {
    OpenRound open = training.open();
    if (!statement.round().equals(open.round())) {
      return Optional.of(
          Hearing.refuse(
              Reason.WRONG_ROUND,
              "it belongs to round %s but round %s is open"
                  .formatted(statement.round(), open.round())));
    }
    if (!open.cohort().contains(author)) {
      return Optional.of(
          Hearing.refuse(
              Reason.NOT_IN_COHORT,
              "%s does not take part in round %s".formatted(author, open.round())));
    }
    if (open.sent().containsKey(author)) {
      return Optional.of(
          Hearing.refuse(
              Reason.SECOND_STATEMENT,
              "%s sent its update for round %s at position %s"
                  .formatted(author, open.round(), open.sent().get(author))));
    }
    if (!statement.model().equals(training.model().digest())) {
      return Optional.of(
          Hearing.refuse(
              Reason.FOREIGN_MODEL,
              "it was trained from the model %s but the history gives %s"
                  .formatted(
                      statement.model().abbreviated(), training.model().digest().abbreviated())));
    }
    return Optional.empty();
  }

  private Named named(Statement statement, AttachmentRef attachment) {
    return Named.by(entry, author, statement, attachment);
  }

  private static Optional<Refused> checkLength(Charter charter, AttachmentRef attachment) {
    long expected = (long) charter.layout().length() * Float.BYTES;
    return attachment.length() == expected
        ? Optional.empty()
        : Optional.of(
            Hearing.refuse(
                Reason.WRONG_LENGTH,
                "the attachment has %d bytes; %d parameters have %d"
                    .formatted(attachment.length(), charter.layout().length(), expected)));
  }

  /** What is wrong with numbers of the right length, if anything is. */
  static Optional<Rejection> checkNumbers(Bytes content, float bound) {
    OptionalInt bad = UpdateSum.firstOutOfBound(content, bound);
    return bad.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                Reason.OUT_OF_BOUND,
                "parameter %d is %s; it must be a number of at most %s"
                    .formatted(bad.getAsInt(), content.floatAt(bad.getAsInt()), bound)));
  }
}
