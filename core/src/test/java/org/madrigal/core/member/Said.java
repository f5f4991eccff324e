package org.madrigal.core.member;

import java.util.Optional;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;

/** What a member is about to say. */
public record Said(MemberId author, Statement statement, Optional<Attachment> attachment) {

  /** Without an attachment. */
  public static Said of(MemberId author, Statement statement) {
    return new Said(author, statement, Optional.empty());
  }

  /** With an attachment. */
  public static Said of(MemberId author, Statement statement, Attachment attachment) {
    return new Said(author, statement, Optional.of(attachment));
  }

  /** What an entry says, which is known to be well-formed. */
  static Envelope envelope(Entry entry) {
    return switch (StatementCodec.decode(entry.statement())) {
      case Decoding.Decoded<Envelope>(Envelope envelope) -> envelope;
      case Decoding.Malformed<Envelope>(String reason) -> throw new AssertionError(reason);
    };
  }

  /** Another statement in its place. */
  public Said with(Statement changed) {
    return new Said(author, changed, attachment);
  }

  /** When a member says such a thing once and never again, whatever happens. */
  String occasion() {
    return author
        + switch (statement) {
          case Statement.KeyOffer s -> " offers in " + s.epoch();
          case Statement.KeySeal s -> " seals in " + s.epoch();
          case Statement.KeyDeal s -> " deals in %s/%d".formatted(s.epoch(), s.attempt());
          case Statement.Complaint s -> " complains in " + s.epoch();
          case Statement.Commitment s -> " commits in %s/%s".formatted(s.epoch(), s.slot());
          case Statement.MaskedUpdate s -> " masks in " + s.slot();
          case Statement.Unmasking s -> " unmasks " + s.slot();
          case Statement.SealedUpdate s -> " updates %s under %s".formatted(s.round(), s.key());
          case Statement.Receipt s -> " holds " + s.attachments();
          case Statement.Founding s -> " founds";
          case Statement.Enrolment s -> " enrols";
          case Statement.InitialModel s -> " brings the model";
          case Statement.Update s -> " updates " + s.round();
          case Statement.Attestation s -> " attests " + s.round();
          case Statement.Vote s -> " votes against " + s.member();
          case Statement.Nudge s -> " nudges at " + s.deadline();
        };
  }
}
