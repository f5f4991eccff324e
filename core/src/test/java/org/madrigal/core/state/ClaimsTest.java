package org.madrigal.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Claims;
import org.madrigal.core.protocol.Claims.Attested;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;

/** Statements on a ledger that cannot read them, and acts on what their authors say of them. */
final class ClaimsTest {

  private static final String LEDGER = "evm:1:0x0000000000000000000000000000000000000001";
  private static final Digest MODEL = Digest.of(new byte[] {1});

  private final Ensemble ensemble = Ensemble.training(Charters.plain(3, 2));

  @Test
  void aVoteWithItsClaimsCounts() {
    Outcome outcome = vote(claims(0, head(), Optional.of(Charters.id(2)), Optional.empty()));
    assertThat(outcome.verdict()).isInstanceOf(Verdict.Applied.class);
  }

  @Test
  void aVoteAgainstSomebodyElseThanClaimedIsRefused() {
    assertRefused(vote(claims(0, head(), Optional.of(Charters.id(1)), Optional.empty())));
    assertRefused(vote(claims(0, head(), Optional.empty(), Optional.empty())));
  }

  @Test
  void aWordThatSomebodyElseGaveToTheLedgerIsRefused() {
    assertRefused(vote(claims(1, head(), Optional.of(Charters.id(2)), Optional.empty())));
  }

  @Test
  void aRefusedWordMayBeSaidAgainByItsAuthor() {
    SignedStatement vote = ensemble.sign(0, new Statement.Vote(Charters.id(2), ""));
    Head seen = head();
    ensemble.append(
        vote,
        Optional.empty(),
        Optional.of(claims(1, seen, Optional.of(Charters.id(2)), Optional.empty())));
    Outcome own =
        ensemble.append(
            vote,
            Optional.empty(),
            Optional.of(claims(0, seen, Optional.of(Charters.id(2)), Optional.empty())));
    assertThat(own.verdict()).isInstanceOf(Verdict.Applied.class);
  }

  /** The ledger has checked the head that is claimed: so this is a lie, and no sign of a fork. */
  @Test
  void aForeignHeadBehindAClaimThatTheLedgerCheckedIsNoFork() {
    Head foreign = new Head(new Position(1), MODEL);
    SignedStatement vote = ensemble.sign(0, new Statement.Vote(Charters.id(2), ""), foreign);
    assertRefused(
        ensemble.append(
            vote,
            Optional.empty(),
            Optional.of(claims(0, head(), Optional.of(Charters.id(2)), Optional.empty()))));
  }

  @Test
  void anEnrolmentForAnotherLedgerIsRefused() {
    Ensemble founded = new Ensemble(Charters.plain(3, 2));
    founded.say(0, new Statement.Founding(founded.charter()));
    Head seen = founded.state().history().head();
    Claims claims = new Claims(LEDGER, Charters.id(0), seen, Optional.empty(), Optional.empty());
    assertRefused(
        founded.append(
            founded.sign(0, new Statement.Enrolment("evm:1:0x02")),
            Optional.empty(),
            Optional.of(claims)));
  }

  @Test
  void anAttestationClaimsItsModel() {
    SignedStatement attestation =
        ensemble.sign(0, new Statement.Attestation(new RoundId(1), MODEL, Metrics.NONE));
    Optional<Attested> other = Optional.of(new Attested(new RoundId(2), MODEL));
    assertRefused(
        ensemble.append(
            attestation,
            Optional.empty(),
            Optional.of(claims(0, head(), Optional.empty(), other))));
  }

  @Test
  void anUpdateClaimsTheModelOfTheRoundBefore() {
    Statement.SealedUpdate update =
        new Statement.SealedUpdate(
            new RoundId(5), MODEL, MODEL, AttachmentRef.of(Bytes.ofHex("01")));
    assertThat(claimed(update).attested()).contains(new Attested(new RoundId(4), MODEL));
    assertThat(claimed(new Statement.Nudge(new LedgerTime(1))).attested()).isEmpty();
  }

  private static Claims claimed(Statement statement) {
    MemberId author = Charters.id(0);
    FederationId federation = Charters.plain(3, 2).id();
    Payload payload = new Payload(federation, Head.genesis(federation), statement);
    SignedStatement signed = StatementCodec.sign(author, payload, Charters.key(0));
    return switch (StatementCodec.decode(signed)) {
      case Decoding.Decoded<Envelope>(Envelope envelope) -> Claims.of(envelope, LEDGER);
      case Decoding.Malformed<Envelope>(String reason) -> throw new AssertionError(reason);
    };
  }

  private Outcome vote(Claims claims) {
    return ensemble.append(
        ensemble.sign(0, new Statement.Vote(Charters.id(2), "")),
        Optional.empty(),
        Optional.of(claims));
  }

  private Head head() {
    return ensemble.state().history().head();
  }

  private static Claims claims(
      int author, Head seen, Optional<MemberId> votedOut, Optional<Attested> attested) {
    return new Claims(LEDGER, Charters.id(author), seen, votedOut, attested);
  }

  private static void assertRefused(Outcome outcome) {
    assertThat(outcome.verdict())
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.rejection().reason()).isEqualTo(Reason.WRONG_CLAIM));
  }
}
