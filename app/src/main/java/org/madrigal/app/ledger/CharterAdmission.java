package org.madrigal.app.ledger;

import java.util.Optional;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.ledger.http.Admission;

/**
 * Lets onto a ledger what a member of the charter signed for this federation, with the attachment
 * that it names and no other. What it means is for replay to judge.
 */
public final class CharterAdmission implements Admission {

  private final Charter charter;
  private final FederationId federation;

  /** Admits the members of {@code charter}. */
  public CharterAdmission(Charter charter) {
    this.charter = charter;
    this.federation = charter.id();
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
    Optional<AttachmentRef> named = attachmentOf(envelope.payload().statement());
    return named.equals(attachment.map(Attachment::ref))
        ? Optional.empty()
        : Optional.of(
            "The statement names %s but %s came with it"
                .formatted(
                    named.map(Object::toString).orElse("no attachment"),
                    attachment.map(Object::toString).orElse("none")));
  }

  private static Optional<AttachmentRef> attachmentOf(Statement statement) {
    return switch (statement) {
      case Statement.InitialModel s -> Optional.of(s.model());
      case Statement.Update s -> Optional.of(s.delta());
      case Statement.Founding s -> Optional.empty();
      case Statement.Enrolment s -> Optional.empty();
      case Statement.Attestation s -> Optional.empty();
      case Statement.Vote s -> Optional.empty();
      case Statement.Nudge s -> Optional.empty();
    };
  }
}
