package org.madrigal.core.protocol;

import java.util.Optional;
import org.madrigal.core.crypto.Digest;

/**
 * What an author says of its statement beside it, for the sake of a ledger that cannot read
 * statements but acts on them. Replay compares: a statement that came with other claims than it
 * makes does not count.
 *
 * @param ledger the ledger that the statement was given to
 * @param author who gave it to the ledger, as the ledger knows its writers
 * @param seen the head that the author had read; the ledger has checked that it is one of its own
 * @param votedOut the member that the statement is a vote against, if it is one
 * @param attested the model that the statement attests, if it attests one
 */
public record Claims(
    String ledger,
    MemberId author,
    Head seen,
    Optional<MemberId> votedOut,
    Optional<Attested> attested) {

  /**
   * A model that a member computed from the history.
   *
   * @param round the round that produced it
   * @param model its digest
   */
  public record Attested(RoundId round, Digest model) {}

  /** What {@code envelope} says, if it was meant for {@code ledger} or names no ledger. */
  public static Claims of(Envelope envelope, String ledger) {
    Statement statement = envelope.payload().statement();
    return new Claims(
        statement instanceof Statement.Enrolment enrolment ? enrolment.ledger() : ledger,
        envelope.author(),
        envelope.payload().seen(),
        statement instanceof Statement.Vote vote ? Optional.of(vote.member()) : Optional.empty(),
        attested(statement));
  }

  /** An update names the model that it was trained from: that of the round before its own. */
  private static Optional<Attested> attested(Statement statement) {
    return switch (statement) {
      case Statement.Update s -> before(s.round(), s.model());
      case Statement.MaskedUpdate s -> before(s.round(), s.model());
      case Statement.SealedUpdate s -> before(s.round(), s.model());
      case Statement.Attestation s -> Optional.of(new Attested(s.round(), s.model()));
      case Statement.Founding s -> Optional.empty();
      case Statement.Enrolment s -> Optional.empty();
      case Statement.InitialModel s -> Optional.empty();
      case Statement.Vote s -> Optional.empty();
      case Statement.Nudge s -> Optional.empty();
      case Statement.KeyOffer s -> Optional.empty();
      case Statement.KeySeal s -> Optional.empty();
      case Statement.KeyDeal s -> Optional.empty();
      case Statement.Complaint s -> Optional.empty();
      case Statement.Commitment s -> Optional.empty();
      case Statement.Unmasking s -> Optional.empty();
      case Statement.Receipt s -> Optional.empty();
    };
  }

  private static Optional<Attested> before(RoundId round, Digest model) {
    return Optional.of(new Attested(new RoundId(Math.max(0, round.value() - 1)), model));
  }
}
