package org.madrigal.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;

/** Every way in which a statement can be wrong, and that it leaves no trace but its place. */
final class RejectionsTest {

  private static final RoundId ONE = new RoundId(1);

  private final Ensemble ensemble = Ensemble.training(Charters.plain(3, 2));

  @Test
  void bytesThatAreNoStatement() {
    Outcome outcome =
        ensemble.append(SignedStatement.of(Bytes.ofHex("deadbeef")), Optional.empty());
    assertRejected(outcome, Reason.MALFORMED, "");
    assertThat(outcome.envelope()).isEmpty();
  }

  @Test
  void aForeignFederation() {
    Charter other = Charters.plain(4, 2);
    SignedStatement foreign =
        StatementCodec.sign(
            Charters.id(0),
            new Payload(other.id(), Head.genesis(other.id()), new Statement.Enrolment("memory")),
            Charters.key(0));
    assertRejected(
        ensemble.append(foreign, Optional.empty()),
        Reason.FOREIGN_FEDERATION,
        "it belongs to the federation");
  }

  @Test
  void anAuthorWhoIsNoMember() {
    assertRejected(
        ensemble.say(5, new Statement.Enrolment("memory")),
        Reason.UNKNOWN_AUTHOR,
        "fay is not a member");
  }

  @Test
  void aSignatureByAnotherMembersKey() {
    SignedStatement forged =
        StatementCodec.sign(
            Charters.id(0),
            new Payload(
                ensemble.charter().id(),
                ensemble.state().history().head(),
                new Statement.Vote(Charters.id(2), "")),
            Charters.key(1));
    assertRejected(
        ensemble.append(forged, Optional.empty()),
        Reason.BAD_SIGNATURE,
        "the key of ada did not sign");
  }

  @Test
  void anAuthorWhoVouchesForAnotherHistory() {
    Head own = ensemble.state().history().head();
    Head rewritten = new Head(own.position(), Digest.of(new byte[] {9}));
    assertRejected(
        ensemble.append(
            ensemble.sign(0, new Statement.Vote(Charters.id(2), ""), rewritten), Optional.empty()),
        Reason.FOREIGN_SEEN,
        "its author vouches for a history whose hash after 5 entries is");
  }

  @Test
  void anAuthorWhoKnowsMoreThanTheHistory() {
    Head own = ensemble.state().history().head();
    Head longer = new Head(new Position(own.position().value() + 1), own.hash());
    assertRejected(
        ensemble.append(
            ensemble.sign(0, new Statement.Vote(Charters.id(2), ""), longer), Optional.empty()),
        Reason.FOREIGN_SEEN,
        "this history has only 5 entries");
  }

  @Test
  void anAttachmentThatIsMissingWrongOrSuperfluous() {
    Attachment right = Attachment.of(Parameters.of(1, 1, 1).toBytes());
    Attachment wrong = Attachment.of(Parameters.of(1, 1, 2).toBytes());
    Statement update =
        new Statement.Update(ONE, ensemble.model().digest(), right.ref(), Metrics.NONE);
    assertRejected(ensemble.say(0, update), Reason.WRONG_ATTACHMENT, "is missing");
    assertRejected(ensemble.say(0, update, wrong), Reason.WRONG_ATTACHMENT, "is not the 12 bytes");
    assertRejected(
        ensemble.say(0, new Statement.Vote(Charters.id(2), ""), right),
        Reason.WRONG_ATTACHMENT,
        "names no attachment but one came");
    assertThat(ensemble.update(0, 1, 1, 1).verdict()).isEqualTo(new Verdict.Applied());
  }

  @Test
  void anythingBeforeTheCharter() {
    Ensemble empty = new Ensemble(Charters.plain(3, 2));
    assertRejected(empty.say(0, new Statement.Enrolment("memory")), Reason.OUT_OF_ORDER, "charter");
    assertRejected(
        empty.say(0, new Statement.Founding(Charters.plain(4, 2))), Reason.OUT_OF_ORDER, "charter");
    assertThat(empty.say(0, new Statement.Founding(empty.charter())).verdict())
        .isEqualTo(new Verdict.Applied());
  }

  @Test
  void aSecondCharterEnrolmentModelUpdateOrAttestation() {
    assertRejected(
        ensemble.say(1, new Statement.Founding(ensemble.charter())),
        Reason.SECOND_STATEMENT,
        "charter is on the ledger already");
    assertRejected(
        ensemble.say(1, new Statement.Enrolment("other")),
        Reason.SECOND_STATEMENT,
        "bob has enrolled already");
    assertRejected(
        ensemble.bringModel(1, Parameters.of(0, 0, 0)), Reason.SECOND_STATEMENT, "not due now");
    ensemble.update(1, 1, 1, 1);
    assertRejected(
        ensemble.update(1, 2, 2, 2),
        Reason.SECOND_STATEMENT,
        "bob sent its update for round 1 at position 8");
  }

  @Test
  void aMemberWhoHasNotEnrolled() {
    Ensemble young = new Ensemble(Charters.plain(3, 2));
    young.say(0, new Statement.Founding(young.charter()));
    assertRejected(
        young.say(1, new Statement.Vote(Charters.id(2), "")),
        Reason.NOT_ENROLLED,
        "bob has not enrolled");
  }

  @Test
  void aRoundThatIsNotOpen() {
    Digest model = ensemble.model().digest();
    assertRejected(
        ensemble.update(0, new RoundId(2), model, 1, 1, 1),
        Reason.WRONG_ROUND,
        "it belongs to round 2 but round 1 is open");
    assertRejected(
        ensemble.say(0, new Statement.Attestation(ONE, model, Metrics.NONE)),
        Reason.WRONG_ROUND,
        "the last round has not closed");
  }

  @Test
  void anotherModelThanTheHistoryGives() {
    assertRejected(
        ensemble.update(0, ONE, Digest.of(new byte[] {1}), 1, 1, 1),
        Reason.FOREIGN_MODEL,
        "but the history gives");
    Ensemble waiting = Ensemble.enrolled(Charters.plain(3, 1));
    assertRejected(
        waiting.bringModel(0, Parameters.of(0, 0, 1)), Reason.FOREIGN_MODEL, "initial model is");
  }

  @Test
  void anUpdateOfAnotherLength() {
    assertRejected(
        ensemble.update(0, 1, 1), Reason.WRONG_LENGTH, "has 8 bytes; 3 parameters have 12");
    assertRejected(ensemble.update(0, 1, 1, 1, 1), Reason.WRONG_LENGTH, "has 16 bytes");
  }

  @Test
  void numbersThatAreNotFiniteOrBeyondTheBound() {
    assertRejected(ensemble.update(0, 1, Float.NaN, 1), Reason.OUT_OF_BOUND, "parameter 1 is NaN");
    assertRejected(
        ensemble.update(0, 1, 1, Float.NEGATIVE_INFINITY),
        Reason.OUT_OF_BOUND,
        "parameter 2 is -Infinity; it must be a number of at most 256.0");
    assertRejected(ensemble.update(0, 256.01f, 1, 1), Reason.OUT_OF_BOUND, "parameter 0 is 256.01");
    assertThat(ensemble.update(0, 256, -256, 0).verdict()).isEqualTo(new Verdict.Applied());
  }

  @Test
  void votesAndNudgesWithoutEffect() {
    assertRejected(
        ensemble.say(0, new Statement.Vote(Charters.id(0), "")),
        Reason.NO_EFFECT,
        "ada cannot be voted out by ada");
    assertRejected(
        ensemble.say(0, new Statement.Vote(Charters.id(7), "")),
        Reason.NO_EFFECT,
        "hal cannot be voted out");
    ensemble.say(0, new Statement.Vote(Charters.id(2), ""));
    assertRejected(
        ensemble.say(0, new Statement.Vote(Charters.id(2), "again")),
        Reason.SECOND_STATEMENT,
        "ada has voted against cyd already");
    LedgerTime future = new LedgerTime(ensemble.now().epochMillis() + 1_000);
    assertRejected(
        ensemble.say(0, new Statement.Nudge(future)), Reason.NO_EFFECT, "has not passed");
  }

  @Test
  void aRejectedEntryLeavesNothingButItsPlace() {
    Phase before = ensemble.phase();
    Head head = ensemble.state().history().head();
    ensemble.update(0, 1, 1);
    assertThat(ensemble.phase()).isEqualTo(before);
    assertThat(ensemble.state().history().head().position()).isEqualTo(head.position().next());
  }

  static void assertRejected(Outcome outcome, Reason reason, String detail) {
    assertThat(outcome.verdict()).isInstanceOf(Verdict.Rejected.class);
    Rejection rejection = ((Verdict.Rejected) outcome.verdict()).rejection();
    assertThat(rejection.reason()).isEqualTo(reason);
    assertThat(rejection.detail()).contains(detail);
  }
}
