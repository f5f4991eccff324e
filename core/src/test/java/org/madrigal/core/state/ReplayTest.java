package org.madrigal.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Aggregation;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Training;
import org.madrigal.core.protocol.Weighting;

/** How a federation goes on: founding, enrolment, rounds, deadlines, exclusion, the end. */
final class ReplayTest {

  private static final RoundId ONE = new RoundId(1);

  /** The worked example of the specification. */
  @Test
  void averagesThreeOwnersAsTheSpecificationSays() {
    Ensemble ensemble = Ensemble.training(Charters.plain(3, 1));
    ensemble.update(0, 0.1f, 0.2f, 0.3f);
    ensemble.update(1, 0.2f, 0.3f, 0.4f);
    ensemble.update(2, 0.3f, 0.4f, 0.5f);

    assertThat(ensemble.model().parameters()).isEqualTo(Parameters.of(0.2f, 0.3f, 0.4f));
    assertThat(ensemble.phase()).isInstanceOf(Phase.Finished.class);
  }

  @Test
  void weighsUpdatesAsTheCharterDeclares() {
    Charter equal = Charters.plain(2, 1);
    Charter charter =
        new Charter(
            equal.name(),
            equal.salt(),
            equal.roster(),
            equal.recipe(),
            equal.initial(),
            equal.training(),
            Rules.open(new Weighting.Declared(), equal.rules().deadlines(), 1, 1, 256));
    Ensemble ensemble = Ensemble.training(charter);
    ensemble.update(0, 3, 0, 3);
    ensemble.update(1, 0, 3, 3);

    assertThat(ensemble.model().parameters()).isEqualTo(Parameters.of(1f, 2f, 3f));
  }

  @Test
  void aMedianIgnoresWhoLiesAndWhoCameFirst() {
    Charter charter = robust(5, new Aggregation(new Aggregation.Median(), Optional.empty(), 1));
    Ensemble ensemble = Ensemble.training(charter);
    ensemble.update(4, 200, -200, 200);
    ensemble.update(0, 1, 2, 3);
    ensemble.update(2, 2, 3, 4);
    ensemble.update(1, 3, 4, 5);
    ensemble.update(3, -200, -200, -200);
    assertThat(ensemble.model().parameters()).isEqualTo(Parameters.of(2f, 2f, 4f));

    Ensemble other = Ensemble.training(charter);
    other.update(0, 1, 2, 3);
    other.update(1, 3, 4, 5);
    other.update(2, 2, 3, 4);
    other.update(3, -200, -200, -200);
    other.update(4, 200, -200, 200);
    assertThat(other.model().digest()).isEqualTo(ensemble.model().digest());
  }

  @Test
  void cutsUpdatesToTheLargestNormBeforeTheirMean() {
    Ensemble ensemble =
        Ensemble.training(robust(2, new Aggregation(new Aggregation.Mean(), Optional.of(5.0), 1)));
    ensemble.update(0, 30, 40, 0);
    ensemble.update(1, 1, 2, 2);
    assertThat(ensemble.model().parameters()).isEqualTo(Parameters.of(2f, 3f, 1f));
  }

  @Test
  void bucketsDoNotDependOnTheOrderOfTheLedger() {
    Charter charter = robust(6, new Aggregation(new Aggregation.Median(), Optional.empty(), 2));
    Ensemble forth = Ensemble.training(charter);
    Ensemble back = Ensemble.training(charter);
    for (int place = 0; place < 6; place++) {
      forth.update(place, 1 << place, place, 0);
      back.update(5 - place, 1 << (5 - place), 5 - place, 0);
    }
    assertThat(back.model().digest()).isEqualTo(forth.model().digest());
    // The draw is a fixed one: three sums of two powers of two each, the middle one counts.
    assertThat(Float.floatToIntBits(forth.model().parameters().at(0))).isNotZero();
    assertThat(Integer.bitCount((int) (2 * forth.model().parameters().at(0)))).isEqualTo(2);
  }

  @Test
  void centredClippingGoesOnFromTheLastUpdate() {
    Training training =
        new Training(2, new Strategy.FedAvg(), 1)
            .with(new Aggregation(new Aggregation.CentredClipping(1, 1), Optional.empty(), 1));
    Ensemble ensemble =
        Ensemble.training(Charters.of(2, training, Charters.rules(2, 1), Charters.linear(3)));
    ensemble.update(0, 8, 0, 0);
    ensemble.update(1, 8, 0, 0);
    assertThat(ensemble.model().parameters()).isEqualTo(Parameters.of(1f, 0f, 0f));
    ensemble.update(0, 8, 0, 0);
    ensemble.update(1, 8, 0, 0);
    assertThat(ensemble.model().parameters()).isEqualTo(Parameters.of(3f, 0f, 0f));
  }

  private static Charter robust(int members, Aggregation aggregation) {
    Training training = new Training(1, new Strategy.FedAvg(), 1).with(aggregation);
    return Charters.of(members, training, Charters.rules(members, members - 1), Charters.linear(3));
  }

  @Test
  void startsWhenAllHaveEnrolled() {
    Ensemble ensemble = new Ensemble(Charters.plain(3, 1));
    ensemble.say(2, new Statement.Founding(ensemble.charter()));
    for (int place = 0; place < 3; place++) {
      assertThat(ensemble.phase()).isInstanceOf(Phase.Enrolling.class);
      ensemble.say(place, new Statement.Enrolment("memory"));
    }
    assertThat(ensemble.phase()).isInstanceOf(Phase.AwaitingModel.class);
  }

  @Test
  void startsWithTheMinimumAfterTheEnrolmentDeadline() {
    Ensemble ensemble = new Ensemble(Charters.plain(3, 1));
    ensemble.say(0, new Statement.Founding(ensemble.charter()));
    ensemble.say(0, new Statement.Enrolment("memory"));
    ensemble.say(1, new Statement.Enrolment("memory"));
    LedgerTime deadline = ((Phase.Enrolling) ensemble.phase()).deadline();
    ensemble.pass(Charters.ENROLMENT);
    ensemble.say(0, new Statement.Nudge(deadline));

    assertThat(ensemble.phase()).isInstanceOf(Phase.AwaitingModel.class);
  }

  @Test
  void waitsForTheMinimumHoweverLateItIs() {
    Ensemble ensemble = new Ensemble(Charters.plain(3, 1));
    ensemble.say(0, new Statement.Founding(ensemble.charter()));
    ensemble.say(0, new Statement.Enrolment("memory"));
    ensemble.pass(Charters.ENROLMENT.multipliedBy(3));
    ensemble.say(0, new Statement.Nudge(new LedgerTime(0)));
    assertThat(ensemble.phase()).isInstanceOf(Phase.Enrolling.class);

    ensemble.say(1, new Statement.Enrolment("memory"));
    assertThat(ensemble.phase()).isInstanceOf(Phase.AwaitingModel.class);
  }

  @Test
  void whoEnrolsLateComesInWithTheNextRound() {
    Ensemble ensemble = new Ensemble(Charters.plain(3, 2));
    ensemble.say(0, new Statement.Founding(ensemble.charter()));
    ensemble.say(0, new Statement.Enrolment("memory"));
    ensemble.pass(Charters.ENROLMENT);
    ensemble.say(1, new Statement.Enrolment("memory"));
    ensemble.bringModel(0, Parameters.of(0, 0, 0));
    assertThat(ensemble.open().cohort()).containsExactly(Charters.id(0), Charters.id(1));

    ensemble.say(2, new Statement.Enrolment("memory"));
    ensemble.update(0, 0, 0, 0);
    ensemble.update(1, 0, 0, 0);
    assertThat(ensemble.open().cohort())
        .containsExactly(Charters.id(0), Charters.id(1), Charters.id(2));
  }

  @Test
  void closesARoundWithoutTheAbsentAtItsDeadlineAndExpectsThemAgain() {
    Ensemble ensemble = Ensemble.training(Charters.plain(3, 2));
    ensemble.update(0, 1, 1, 1);
    ensemble.update(2, 3, 3, 3);
    LedgerTime deadline = ensemble.open().deadline();
    ensemble.pass(Charters.ROUND);
    Outcome outcome = ensemble.say(0, new Statement.Nudge(deadline));

    assertThat(outcome.verdict()).isEqualTo(new Verdict.Applied());
    assertThat(outcome.events()).hasSize(2);
    Event.RoundClosed closed = (Event.RoundClosed) outcome.events().getFirst();
    assertThat(closed.contributors()).containsExactly(Charters.id(0), Charters.id(2));
    assertThat(closed.absent()).containsExactly(Charters.id(1));
    assertThat(closed.model().parameters()).isEqualTo(Parameters.of(2, 2, 2));
    assertThat(ensemble.open().cohort()).contains(Charters.id(1));
  }

  @Test
  void anUpdateAfterTheDeadlineIsLateAndItsTimeClosesTheRound() {
    Ensemble ensemble = Ensemble.training(Charters.plain(3, 2));
    ensemble.update(0, 1, 1, 1);
    ensemble.update(2, 3, 3, 3);
    ensemble.pass(Charters.ROUND);
    Outcome late = ensemble.update(1, 100, 100, 100);

    RejectionsTest.assertRejected(late, Reason.WRONG_ROUND, "round 1 but round 2 is open");
    assertThat(ensemble.model().parameters()).isEqualTo(Parameters.of(2, 2, 2));
  }

  @Test
  void beyondTheDeadlineTheUpdateThatMakesTheMinimumStillCounts() {
    Ensemble ensemble = Ensemble.training(Charters.plain(3, 1));
    ensemble.update(0, 1, 1, 1);
    ensemble.pass(Charters.ROUND.multipliedBy(5));
    Outcome outcome = ensemble.update(1, 3, 3, 3);

    assertThat(outcome.verdict()).isEqualTo(new Verdict.Applied());
    assertThat(ensemble.model().parameters()).isEqualTo(Parameters.of(2, 2, 2));
  }

  @Test
  void exactlyAtTheDeadlineTheRoundIsStillOpen() {
    Ensemble ensemble = Ensemble.training(Charters.plain(3, 1));
    ensemble.update(0, 1, 1, 1);
    ensemble.update(1, 1, 1, 1);
    LedgerTime deadline = ensemble.open().deadline();
    long left = deadline.epochMillis() - ensemble.now().epochMillis() - 1;
    ensemble.pass(Duration.ofMillis(left));
    ensemble.update(2, 4, 4, 4);

    assertThat(ensemble.now()).isEqualTo(deadline);
    assertThat(ensemble.model().parameters()).isEqualTo(Parameters.of(2, 2, 2));
  }

  @Test
  void votesExcludeAtTheNextClose() {
    Ensemble ensemble = Ensemble.training(Charters.plain(4, 3));
    MemberId target = Charters.id(3);
    ensemble.update(3, 4, 4, 4);
    ensemble.say(0, new Statement.Vote(target, "poison"));
    ensemble.say(1, new Statement.Vote(target, "poison"));
    assertThat(ensemble.state().federation().orElseThrow().membership().excluded()).isEmpty();
    Outcome third = ensemble.say(2, new Statement.Vote(target, "poison"));
    assertThat(third.events()).containsExactly(new Event.MemberExcluded(target));

    for (int place = 0; place < 3; place++) {
      ensemble.update(place, 0, 0, 0);
    }
    assertThat(ensemble.model().parameters()).isEqualTo(Parameters.of(1, 1, 1));
    assertThat(ensemble.open().cohort()).doesNotContain(target);
    RejectionsTest.assertRejected(ensemble.update(3, 1, 1, 1), Reason.EXCLUDED, "was excluded");
  }

  @Test
  void fewerVotesThanTheCharterAsksForExcludeNobody() {
    Ensemble ensemble = Ensemble.training(Charters.plain(4, 3));
    ensemble.say(0, new Statement.Vote(Charters.id(3), ""));
    ensemble.say(0, new Statement.Vote(Charters.id(3), "again"));
    ensemble.say(1, new Statement.Vote(Charters.id(3), ""));
    ensemble.say(3, new Statement.Vote(Charters.id(3), "me"));
    assertThat(ensemble.state().federation().orElseThrow().membership().excluded()).isEmpty();
  }

  @Test
  void haltsWhenTooFewAreLeft() {
    Ensemble ensemble =
        Ensemble.training(Charters.of(3, 5, new Strategy.FedAvg(), Charters.rules(3, 2)));
    ensemble.say(0, new Statement.Vote(Charters.id(2), ""));
    Outcome outcome = ensemble.say(1, new Statement.Vote(Charters.id(2), ""));

    assertThat(outcome.events())
        .containsExactly(new Event.MemberExcluded(Charters.id(2)), new Event.FederationHalted(2));
    assertThat(ensemble.phase()).isEqualTo(new Phase.Halted(2));
  }

  @Test
  void finishesAfterTheLastRoundAndCollectsAttestations() {
    Ensemble ensemble = Ensemble.training(Charters.plain(2, 1));
    ensemble.update(0, 1, 2, 3);
    Outcome last = ensemble.update(1, 1, 2, 3);
    assertThat(last.events().getLast()).isEqualTo(new Event.TrainingFinished());

    GlobalModel model = ensemble.model();
    ensemble.say(0, new Statement.Attestation(ONE, model.digest(), Metrics.NONE));
    assertThat(((Phase.Finished) ensemble.phase()).attested()).containsExactly(Charters.id(0));
  }

  @Test
  void drawsTheSameCohortFromTheSameModelWhateverTheLedgerSaid() {
    Charter charter =
        Charters.of(
            8,
            new Training(9, new Strategy.FedAvg(), 0.5),
            Charters.rules(2, 2),
            Charters.linear(3));
    Ensemble one = Ensemble.training(charter);
    Ensemble other = Ensemble.enrolled(charter);
    other.pass(Duration.ofHours(7)).say(3, new Statement.Nudge(new LedgerTime(1)));
    other.bringModel(5, Parameters.of(0, 0, 0));

    assertThat(one.state().history().head()).isNotEqualTo(other.state().history().head());
    assertThat(one.open().cohort()).hasSize(4).isEqualTo(other.open().cohort());
    int outside =
        java.util.stream.IntStream.range(0, 8)
            .filter(place -> !one.open().cohort().contains(Charters.id(place)))
            .findFirst()
            .orElseThrow();
    RejectionsTest.assertRejected(
        one.update(outside, 1, 1, 1), Reason.NOT_IN_COHORT, "does not take part in round 1");
  }

  @Test
  void cohortsChangeFromRoundToRoundAndDrawEverybody() {
    Charter charter =
        Charters.of(
            8,
            new Training(40, new Strategy.FedAvg(), 0.25),
            Charters.rules(2, 2),
            Charters.linear(3));
    Ensemble ensemble = Ensemble.training(charter);
    int[] drawn = new int[8];
    for (int round = 1; round < 40; round++) {
      List<MemberId> cohort = List.copyOf(ensemble.open().cohort());
      for (int place = 0; place < 8; place++) {
        if (cohort.contains(Charters.id(place))) {
          drawn[place]++;
          ensemble.update(place, round, place, 1);
        }
      }
    }
    assertThat(Arrays.stream(drawn).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(2, 20));
  }

  @Test
  void applyingIsPure() {
    Ensemble ensemble = Ensemble.training(Charters.plain(3, 2));
    State before = ensemble.state();
    ensemble.update(0, 1, 1, 1);
    Entry first = ensemble.entries().getLast();
    ensemble.update(1, 2, 2, 2);
    ensemble.update(2, 3, 3, 3);

    State again = before;
    for (Entry entry :
        ensemble.entries().subList(ensemble.entries().indexOf(first), ensemble.entries().size())) {
      again = Replay.apply(again, entry).state();
    }
    assertThat(again.history().head()).isEqualTo(ensemble.state().history().head());
    assertThat(((Phase.Training) again.federation().orElseThrow().phase()).model())
        .isEqualTo(ensemble.model());
    assertThat(((Phase.Training) before.federation().orElseThrow().phase()).open().updates())
        .isEmpty();
  }

  @Test
  void replayingFromNothingGivesTheSameModelsAndHead() {
    Ensemble ensemble = Ensemble.training(Charters.plain(3, 3));
    for (int round = 1; round <= 3; round++) {
      for (int place = 2; place >= 0; place--) {
        ensemble.update(place, round * 0.1f, place, -1);
      }
    }
    State state = State.initial(ensemble.charter().id());
    for (Entry entry : ensemble.entries()) {
      state = Replay.apply(state, entry).state();
    }
    assertThat(state.history().head()).isEqualTo(ensemble.state().history().head());
    assertThat(((Phase.Finished) state.federation().orElseThrow().phase()).model())
        .isEqualTo(ensemble.model());
  }

  @Test
  void refusesEntriesThatALedgerMustNotDeliver() {
    Ensemble ensemble = Ensemble.training(Charters.plain(3, 1));
    Entry last = ensemble.entries().getLast();
    assertThatThrownBy(() -> Replay.apply(ensemble.state(), last))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The next entry is at position");
    Entry early =
        new Entry(
            ensemble.state().history().head().position(),
            new LedgerTime(5),
            last.statement(),
            Optional.empty());
    assertThatThrownBy(() -> Replay.apply(ensemble.state(), early)).hasMessageContaining("before");
  }

  @Test
  void theModelDigestIsThatOfItsBytes() {
    Ensemble ensemble = Ensemble.training(Charters.plain(2, 1));
    ensemble.update(0, 1, 2, 3);
    ensemble.update(1, 1, 2, 3);
    assertThat(ensemble.model().digest()).isEqualTo(Digest.of(Parameters.of(1, 2, 3).toBytes()));
  }
}
