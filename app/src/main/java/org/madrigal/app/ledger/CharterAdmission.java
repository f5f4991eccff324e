package org.madrigal.app.ledger;

import java.util.Optional;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.ledger.Archives;
import org.madrigal.ledger.FileLedger;
import org.madrigal.ledger.http.Admission;

/**
 * Lets onto a ledger what a member of the charter signed for this federation and this very history,
 * with the attachment that it names and no other, or without it where the charter keeps it off the
 * ledger. What it means is for replay to judge.
 *
 * <p>A statement that vouches for another history, or enrols for another ledger, stops the members'
 * nodes and every audit: on the ledger of an honest orderer it must not be, or any single member
 * could stop all others at will.
 */
public final class CharterAdmission implements Admission {

  private final Charter charter;
  private final FederationId federation;
  private final FileLedger ledger;
  private final Archives before;

  /** Admits the members of {@code charter} to {@code ledger}. */
  public CharterAdmission(Charter charter, FileLedger ledger) {
    this(charter, ledger, new Archives());
  }

  /** The same where {@code ledger} goes on where others ended. */
  CharterAdmission(Charter charter, FileLedger ledger, Archives before) {
    this.before = before;
    this.charter = charter;
    this.federation = charter.id();
    this.ledger = ledger;
  }

  @Override
  public Decision decide(SignedStatement statement, Optional<Attachment> attachment) {
    return switch (StatementCodec.decode(statement)) {
      case Decoding.Malformed<Envelope>(String reason) ->
          new Decision.Refused("The bytes are no statement: " + reason);
      case Decoding.Decoded<Envelope>(Envelope envelope) ->
          problem(envelope, attachment)
              .<Decision>map(Decision.Refused::new)
              .orElseGet(Decision.Accepted::new);
    };
  }

  private Optional<String> problem(Envelope envelope, Optional<Attachment> attachment) {
    if (!envelope.payload().federation().equals(federation)) {
      return Optional.of(
          "The statement belongs to the federation %s, not to %s"
              .formatted(envelope.payload().federation(), federation));
    }
    Optional<Member> author = charter.member(envelope.author());
    if (author.isEmpty()) {
      return Optional.of(
          "The charter '%s' does not name '%s'".formatted(charter.name(), envelope.author()));
    }
    if (envelope.verify(author.get().key()) == Verification.FORGED) {
      return Optional.of(
          "The key that the charter names for '%s' did not sign this".formatted(envelope.author()));
    }
    Optional<AttachmentRef> named =
        AttachmentRef.namedBy(envelope.payload().statement())
            .filter(name -> !charter.keepsOffLedger(name));
    if (!named.equals(attachment.map(Attachment::ref))) {
      return Optional.of(
          "The statement must come with %s but %s came with it"
              .formatted(
                  named.map(Object::toString).orElse("no attachment"),
                  attachment.map(Object::toString).orElse("none")));
    }
    return otherHistory(envelope.payload()).or(() -> otherLedger(envelope.payload()));
  }

  /** An honest member has seen nothing but what is durable here: the check can be exact. */
  private Optional<String> otherHistory(Payload payload) {
    Head seen = payload.seen();
    Optional<Head> own =
        before.hold(seen.position())
            ? before.historyAfter(seen.position())
            : ledger.historyAfter(seen.position());
    return own.equals(Optional.of(seen))
        ? Optional.empty()
        : Optional.of(
            "The statement vouches for the history %s, which is not that of this ledger; compare heads with the other members"
                .formatted(seen));
  }

  private Optional<String> otherLedger(Payload payload) {
    return payload.statement() instanceof Statement.Enrolment enrolment
            && !enrolment.ledger().equals(ledger.identity())
        ? Optional.of(
            "The owner approved the charter for the ledger '%s', but this is '%s'"
                .formatted(enrolment.ledger(), ledger.identity()))
        : Optional.empty();
  }
}
