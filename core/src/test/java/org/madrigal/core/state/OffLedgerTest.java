package org.madrigal.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Custody;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Held;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement;

/** Readable updates off the ledger: named, held by enough members, and only then counted. */
final class OffLedgerTest {

  private static final Charter ON_LEDGER = Charters.plain(4, 1);

  /** An update has 12 bytes; three members, which are the minimum, must hold it. */
  private static final Charter CHARTER = with(new Custody(11, 3));

  private static Charter with(Custody custody) {
    return Charters.of(
        4, ON_LEDGER.training(), ON_LEDGER.rules().with(custody), ON_LEDGER.recipe());
  }

  /** A federation whose training has begun; the initial model is off the ledger, too. */
  private static Ensemble training() {
    Ensemble ensemble = Ensemble.enrolled(CHARTER);
    ensemble.say(0, new Statement.InitialModel(zeros().ref()));
    receipt(ensemble, 1);
    receipt(ensemble, 2);
    assertThat(ensemble.phase()).isInstanceOf(Phase.Training.class);
    return ensemble;
  }

  private static Attachment zeros() {
    return Attachment.of(Parameters.of(0, 0, 0).toBytes());
  }

  /** The member at {@code place} says that it holds all that waits for it. */
  private static Outcome receipt(Ensemble ensemble, int place) {
    List<Held> held =
        elsewhere(ensemble).waitingFor(Charters.id(place)).stream()
            .map(named -> new Held(named.position(), named.attachment().sha256()))
            .sorted(Comparator.comparing(Held::position))
            .toList();
    return ensemble.say(place, new Statement.Receipt(held));
  }

  private static Elsewhere elsewhere(Ensemble ensemble) {
    return ensemble.state().federation().orElseThrow().elsewhere();
  }

  private static Position last(Ensemble ensemble) {
    return ensemble.entries().getLast().position();
  }

  private static void assertRejected(Outcome outcome, Reason reason, String detail) {
    assertThat(outcome.verdict())
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> {
              assertThat(rejected.rejection().reason()).isEqualTo(reason);
              assertThat(rejected.rejection().detail()).contains(detail);
            });
  }

  @Test
  void givesTheModelThatItGivesOnTheLedger() {
    Ensemble open = Ensemble.training(ON_LEDGER);
    Ensemble off = training();
    for (int place = 0; place < 4; place++) {
      open.update(place, place, 1, -place);
      off.name(place, place, 1, -place);
    }
    receipt(off, 0);
    receipt(off, 1);
    receipt(off, 2);

    assertThat(off.phase()).isInstanceOf(Phase.Finished.class);
    assertThat(off.model().digest()).isEqualTo(open.model().digest());
  }

  @Test
  void countsWhenAsManyHoldItAsTheCharterSays() {
    Ensemble ensemble = training();
    ensemble.name(3, 1, 2, 3);
    assertThat(ensemble.open().sent()).containsOnlyKeys(Charters.id(3));
    assertThat(ensemble.open().counted()).isEmpty();

    assertThat(receipt(ensemble, 0).events()).isEmpty();
    assertThat(ensemble.open().counted()).isEmpty();

    Outcome third = receipt(ensemble, 1);
    assertThat(third.events())
        .singleElement()
        .isInstanceOfSatisfying(
            Event.AttachmentAvailable.class,
            event ->
                assertThat(event.named().holders())
                    .containsExactly(Charters.id(0), Charters.id(1), Charters.id(3)));
    assertThat(ensemble.open().counted()).containsOnlyKeys(Charters.id(3));
    assertThat(elsewhere(ensemble).waitingFor(Charters.id(2))).isEmpty();
  }

  /** It is named, and nobody else ever gets it: the round closes at its deadline without it. */
  @Test
  void aHashThatNobodyKeepsIsLeftOut() {
    Ensemble others = Ensemble.training(ON_LEDGER);
    Ensemble ensemble = training();
    for (int place = 0; place < 3; place++) {
      others.update(place, place, 1, 2);
      ensemble.name(place, place, 1, 2);
    }
    receipt(ensemble, 0);
    receipt(ensemble, 1);
    receipt(ensemble, 2);
    ensemble.say(
        3,
        new Statement.Update(
            new RoundId(1),
            ensemble.model().digest(),
            Attachment.of(Parameters.of(9, 9, 9).toBytes()).ref(),
            Metrics.NONE));
    assertThat(ensemble.phase()).isInstanceOf(Phase.Training.class);

    for (Ensemble each : List.of(others, ensemble)) {
      var deadline = each.open().deadline();
      each.pass(Charters.ROUND.plusSeconds(1)).say(0, new Statement.Nudge(deadline));
      assertThat(each.phase()).isInstanceOf(Phase.Finished.class);
    }
    assertThat(ensemble.model().digest()).isEqualTo(others.model().digest());
  }

  @Test
  void aReceiptAfterTheDeadlineIsTooLate() {
    Ensemble ensemble = training();
    for (int place = 0; place < 4; place++) {
      ensemble.name(place, place, 1, 2);
    }
    List<Named> named = elsewhere(ensemble).all();
    for (int place = 0; place < 2; place++) {
      List<Held> butLast =
          named.subList(0, 3).stream()
              .map(each -> new Held(each.position(), each.attachment().sha256()))
              .toList();
      int by = place;
      ensemble.say(
          3 - place,
          new Statement.Receipt(
              butLast.stream()
                  .filter(held -> !held.position().equals(named.get(3 - by).position()))
                  .toList()));
    }
    receipt(ensemble, 0);
    assertThat(ensemble.open().counted()).hasSize(3);

    ensemble.pass(Charters.ROUND.plusSeconds(1));
    Named last = named.get(3);
    Outcome late =
        ensemble.say(
            1,
            new Statement.Receipt(List.of(new Held(last.position(), last.attachment().sha256()))));

    assertRejected(late, Reason.NO_EFFECT, "its time is over");
    assertThat(late.events())
        .anySatisfy(event ->
            assertThat(event)
                .isInstanceOfSatisfying(
                    Event.RoundClosed.class,
                    closed -> assertThat(closed.absent()).containsExactly(Charters.id(3))));
  }

  /** Without the bytes nobody could reject it, so whoever has them leaves it out. */
  @Test
  void whatIsOutOfBoundIsLeftOut() {
    Ensemble others = Ensemble.training(ON_LEDGER);
    Ensemble ensemble = training();
    for (int place = 0; place < 3; place++) {
      others.update(place, place, 1, 2);
      ensemble.name(place, place, 1, 2);
    }
    ensemble.name(3, Float.NaN, 0, 0);
    for (int place = 0; place < 3; place++) {
      receipt(ensemble, place);
    }
    var deadline = others.open().deadline();
    others.pass(Charters.ROUND.plusSeconds(1)).say(0, new Statement.Nudge(deadline));

    assertThat(ensemble.phase()).isInstanceOf(Phase.Finished.class);
    assertThat(ensemble.model().digest()).isEqualTo(others.model().digest());
  }

  @Test
  void receiptsForWhatIsNotNamedHaveNoEffect() {
    Ensemble ensemble = training();
    ensemble.name(0, 1, 2, 3);
    Position position = last(ensemble);
    Digest right = elsewhere(ensemble).all().getFirst().attachment().sha256();
    assertRejected(
        ensemble.say(1, new Statement.Receipt(List.of(new Held(new Position(99), right)))),
        Reason.NO_EFFECT,
        "entry 99 names no attachment that waits");
    assertRejected(
        ensemble.say(1, new Statement.Receipt(List.of(new Held(Position.FIRST, right)))),
        Reason.NO_EFFECT,
        "entry 0 names no attachment that waits");
    assertRejected(
        ensemble.say(
            1, new Statement.Receipt(List.of(new Held(position, Digest.of(new byte[] {1}))))),
        Reason.WRONG_DIGEST,
        "names the attachment " + right.abbreviated());
    assertThat(elsewhere(ensemble).all().getFirst().holders()).containsExactly(Charters.id(0));
  }

  @Test
  void oneMemberConfirmsOnce() {
    Ensemble ensemble = training();
    ensemble.name(0, 1, 2, 3);
    Held held =
        new Held(last(ensemble), elsewhere(ensemble).all().getFirst().attachment().sha256());
    assertRejected(
        ensemble.say(0, new Statement.Receipt(List.of(held))),
        Reason.SECOND_STATEMENT,
        "ada has said already");
    ensemble.say(1, new Statement.Receipt(List.of(held)));
    assertRejected(
        ensemble.say(1, new Statement.Receipt(List.of(held))),
        Reason.SECOND_STATEMENT,
        "bob has said already");
    assertThat(ensemble.open().counted()).isEmpty();
  }

  @Test
  void oneOfSeveralThatCountsIsEnough() {
    Ensemble ensemble = training();
    ensemble.name(0, 1, 2, 3);
    Held held =
        new Held(last(ensemble), elsewhere(ensemble).all().getFirst().attachment().sha256());
    Outcome outcome =
        ensemble.say(
            1, new Statement.Receipt(List.of(new Held(Position.FIRST, held.sha256()), held)));
    assertThat(outcome.verdict()).isInstanceOf(Verdict.Applied.class);
    assertThat(elsewhere(ensemble).all().getFirst().holders()).hasSize(2);
  }

  @Test
  void whoIsExcludedOrUnknownConfirmsNothing() {
    Ensemble ensemble = training();
    ensemble.name(0, 1, 2, 3);
    Held held =
        new Held(last(ensemble), elsewhere(ensemble).all().getFirst().attachment().sha256());
    for (int voter = 0; voter < 3; voter++) {
      ensemble.say(voter, new Statement.Vote(Charters.id(3), ""));
    }
    assertRejected(
        ensemble.say(3, new Statement.Receipt(List.of(held))), Reason.EXCLUDED, "dee was excluded");
    assertRejected(
        ensemble.say(5, new Statement.Receipt(List.of(held))), Reason.UNKNOWN_AUTHOR, "fay");
  }

  @Test
  void whereAllLiesOnTheLedgerThereAreNoReceipts() {
    Ensemble ensemble = Ensemble.training(ON_LEDGER);
    assertRejected(
        ensemble.say(
            0, new Statement.Receipt(List.of(new Held(Position.FIRST, zeros().ref().sha256())))),
        Reason.NO_EFFECT,
        "keeps every attachment on the ledger");
  }

  @Test
  void largeOnesMustNotLieOnTheLedgerNorSmallOnesElsewhere() {
    Ensemble ensemble = training();
    assertRejected(ensemble.update(0, 1, 2, 3), Reason.WRONG_ATTACHMENT, "12 bytes off the ledger");

    Ensemble small = Ensemble.training(with(new Custody(12, 3)));
    assertRejected(small.name(0, 1, 2, 3), Reason.WRONG_ATTACHMENT, "is missing");
  }

  @Test
  void theLengthIsJudgedWithoutTheBytes() {
    Ensemble ensemble = training();
    assertRejected(
        ensemble.name(0, 1, 2, 3, 4), Reason.WRONG_LENGTH, "16 bytes; 3 parameters have 12");
  }

  @Test
  void oneUpdateOfAMemberIsNamed() {
    Ensemble ensemble = training();
    ensemble.name(0, 1, 2, 3);
    assertRejected(ensemble.name(0, 3, 2, 1), Reason.SECOND_STATEMENT, "ada sent its update");
  }

  @Test
  void theInitialModelIsNamedOnce() {
    Ensemble ensemble = Ensemble.enrolled(CHARTER);
    Statement model = new Statement.InitialModel(zeros().ref());
    ensemble.say(0, model);
    assertRejected(ensemble.say(1, model), Reason.SECOND_STATEMENT, "is named already");
    assertThat(ensemble.phase()).isInstanceOf(Phase.AwaitingModel.class);
  }

  /** A replay without the bytes says which are missing, and who said that they have them. */
  @Test
  void saysWhatIsMissing() {
    Ensemble ensemble = training();
    for (int place = 0; place < 4; place++) {
      ensemble.name(place, place, 1, 2);
    }
    receipt(ensemble, 0);
    receipt(ensemble, 1);
    State before = ensemble.state();
    receipt(ensemble, 2);
    Entry closing = ensemble.entries().getLast();

    Attempt attempt = Replay.attempt(before, closing, EpochKeys.NONE, Attachments.NONE);
    assertThat(attempt)
        .isInstanceOfSatisfying(
            Attempt.Wanting.class,
            wanting -> {
              assertThat(wanting.missing()).extracting(Named::author).hasSize(4);
              assertThat(wanting.missing().getFirst().holders()).hasSizeGreaterThanOrEqualTo(3);
            });
    assertThatThrownBy(() -> Replay.apply(before, closing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be applied without the attachments");
  }
}
