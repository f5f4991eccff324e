package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Statement.Attestation;
import org.madrigal.core.protocol.Statement.Founding;
import org.madrigal.core.protocol.Statement.InitialModel;
import org.madrigal.core.protocol.Statement.Nudge;
import org.madrigal.core.protocol.Statement.Update;
import org.madrigal.core.state.Event;
import org.madrigal.trainer.TrainerException;

class FederationTest {

  /** What the training of the member at {@code place} gives, counted from its first call. */
  private interface Training {
    Parameters give(int place, int call, int round) throws InterruptedException;
  }

  private static TestFederation training(int rounds, Training training) {
    Charter charter = Charters.plain(3, rounds);
    return new TestFederation(
        charter,
        place ->
            new ScriptedTrainer(
                charter.layout(),
                (call, task, global) -> training.give(place, call, task.round())));
  }

  private static List<Event.RoundClosed> closed(Seat seat) {
    return seat.events.stream()
        .filter(NodeEvent.Judged.class::isInstance)
        .flatMap(event -> ((NodeEvent.Judged) event).outcome().events().stream())
        .filter(Event.RoundClosed.class::isInstance)
        .map(Event.RoundClosed.class::cast)
        .toList();
  }

  @Test
  void averagesTheWorkedExample() {
    TestFederation federation = TestFederation.workedExample(Charters.plain(3, 1)).startAll();
    federation.turnToTheEnd();
    for (Seat seat : federation.seats) {
      assertThat(seat.ending)
          .containsInstanceOf(Ending.Finished.class)
          .get()
          .extracting(ending -> ((Ending.Finished) ending).attested())
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.collection(Object.class))
          .hasSize(3);
    }
    Parameters model =
        ((Ending.Finished) federation.seat(0).ending.orElseThrow()).model().parameters();
    assertThat(model.at(0)).isEqualTo(0.2f, within(1e-6f));
    assertThat(model.at(1)).isEqualTo(0.3f, within(1e-6f));
    assertThat(model.at(2)).isEqualTo(0.4f, within(1e-6f));
    federation.assertOneStatementForEachSlot();
    assertThat(federation.entries()).hasSize(1 + 3 + 1 + 3 + 3);
  }

  @Test
  void tellsWhatItMeasured() {
    TestFederation federation = TestFederation.workedExample(Charters.plain(3, 2)).startAll();
    federation.turnToTheEnd();
    Update second = federation.statements(Charters.id(0), Update.class).getLast();
    assertThat(second.metrics().values())
        .containsEntry("train.loss", 0.5)
        .containsEntry("train.samples", 10.0)
        .containsEntry("test.samples", 1.0)
        .containsEntry("test.accuracy", 1.0)
        .containsKey("test.loss")
        .doesNotContainKey("test.auc");
    Attestation last = federation.statements(Charters.id(0), Attestation.class).getLast();
    assertThat(last.metrics().values())
        .containsEntry("test.samples", 1.0)
        .doesNotContainKey("train.loss");
  }

  @Test
  void leavesNothingInTheOutbox() {
    TestFederation federation = TestFederation.workedExample(Charters.plain(3, 2, 1025)).startAll();
    federation.turnToTheEnd();
    for (Seat seat : federation.seats) {
      assertThat(seat.disk.list(MemberFolder.OUTBOX)).isEmpty();
    }
  }

  @Test
  void leavesAnAbsentMemberOutAndTakesItBack() {
    TestFederation federation = TestFederation.workedExample(Charters.plain(3, 2)).startAll();
    Seat absent = federation.seat(2);
    federation.turnUntil(() -> federation.inRound(1));
    absent.crash();
    federation.turnUntil(() -> federation.inRound(2));
    absent.start();
    federation.turnToTheEnd();
    List<Event.RoundClosed> rounds = closed(federation.seat(0));
    assertThat(rounds.getFirst().absent()).containsExactly(absent.member);
    assertThat(rounds.getLast().contributors()).hasSize(3);
    assertThat(federation.statements(Charters.id(0), Nudge.class)).hasSize(1);
    assertThat(federation.statements(Charters.id(1), Nudge.class)).isEmpty();
    assertThat(absent.ending).containsInstanceOf(Ending.Finished.class);
  }

  @Test
  void startsWithoutAMemberThatNeverEnrols() {
    TestFederation federation = TestFederation.workedExample(Charters.plain(3, 1));
    federation.seat(0).start();
    federation.seat(1).start();
    federation.turnToTheEnd();
    assertThat(closed(federation.seat(0)).getFirst().contributors())
        .containsExactly(Charters.id(0), Charters.id(1));
  }

  @Test
  void theNextMemberFoundsAndBringsTheModelWhereTheFirstIsAway() {
    TestFederation federation = TestFederation.workedExample(Charters.plain(3, 1));
    federation.seat(1).start();
    federation.seat(2).start();
    federation.turnToTheEnd();
    assertThat(federation.statements(Charters.id(1), Founding.class)).hasSize(1);
    assertThat(federation.statements(Charters.id(2), Founding.class)).isEmpty();
    assertThat(federation.statements(Charters.id(1), InitialModel.class)).hasSize(1);
    assertThat(federation.statements(Charters.id(2), InitialModel.class)).isEmpty();
  }

  @Test
  void triesAgainWhenTrainingFails() {
    TestFederation federation =
        training(
            1,
            (place, call, round) -> {
              if (place == 1 && call < 3) {
                throw new TrainerException("the GPU is on fire");
              }
              return Parameters.of(1, 2, 3);
            });
    federation.startAll().turnToTheEnd();
    assertThat(closed(federation.seat(0)).getFirst().contributors()).hasSize(3);
    assertThat(federation.seat(1).troubles())
        .hasSize(2)
        .allMatch(sentence -> sentence.contains("the GPU is on fire"))
        .first()
        .asString()
        .startsWith("Update for round 1: attempt 1 of 4 failed");
  }

  @Test
  void triesAgainWhenTrainingEndsByAnInterruptOfItsOwn() {
    TestFederation federation =
        training(
            1,
            (place, call, round) -> {
              if (place == 1 && call == 1) {
                throw new InterruptedException("the worker of the trainer is gone");
              }
              return Parameters.of(1, 2, 3);
            });
    federation.startAll().turnToTheEnd();
    assertThat(closed(federation.seat(0)).getFirst().contributors()).hasSize(3);
    assertThat(federation.seat(1).troubles()).singleElement().asString().contains("interrupted");
  }

  @Test
  void isAbsentWhereTrainingGivesNumbersOutOfBound() {
    TestFederation federation =
        training(
            2, (place, call, round) -> Parameters.of(1, place == 2 && round == 1 ? 1000 : 2, 3));
    federation.startAll().turnToTheEnd();
    List<Event.RoundClosed> rounds = closed(federation.seat(0));
    assertThat(rounds.getFirst().absent()).containsExactly(Charters.id(2));
    assertThat(rounds.getLast().absent()).isEmpty();
    assertThat(federation.seat(2).troubles())
        .hasSize(4)
        .last()
        .asString()
        .contains("changed parameter 1 by 1000.0, but the charter allows at most 256")
        .contains("this member is absent there");
    assertThat(federation.statements(Charters.id(2), Update.class)).hasSize(1);
  }

  @Test
  void givesUpTrainingWhenItsRoundHasClosed() {
    TestFederation federation =
        training(
            2,
            (place, call, round) -> {
              if (place == 2 && round == 1) {
                throw new TrainerException("not today");
              }
              return Parameters.of(1, 2, 3);
            });
    federation.startAll().turnUntil(() -> federation.inRound(2));
    federation.turnToTheEnd();
    assertThat(federation.statements(Charters.id(2), Update.class))
        .extracting(update -> update.round().value())
        .containsExactly(2);
  }

  @Test
  void nudgesAgainAndMoreRarelyWhereItsClockRunsAhead() {
    Charter charter = Charters.plain(3, 1);
    TestFederation federation = TestFederation.workedExample(charter);
    for (int place = 0; place < 2; place++) {
      Seat ahead =
          new Seat(
              charter,
              place,
              federation.ledger,
              () -> federation.clock.instant().plus(Charters.ROUND),
              TestFederation.fixed(charter, place));
      ahead.approve();
      federation.seats.set(place, ahead);
    }
    federation.startAll().turnUntil(() -> federation.inRound(1));
    federation.seat(2).crash();
    federation.turnToTheEnd();
    assertThat(closed(federation.seat(0)).getFirst().absent()).containsExactly(Charters.id(2));
    int nudges =
        federation.statements(Charters.id(0), Nudge.class).size()
            + federation.statements(Charters.id(1), Nudge.class).size();
    assertThat(nudges).isBetween(3, 20);
    federation.assertOneStatementForEachSlot();
  }

  @Test
  void waitsForTheOthersAttestationsButNotForEver() {
    TestFederation federation = TestFederation.workedExample(Charters.plain(3, 1)).startAll();
    federation.turnUntil(() -> federation.inRound(1));
    federation.turnUntil(() -> !federation.inRound(1));
    federation.seat(2).crash();
    Instant finished = federation.clock.instant();
    federation.turnToTheEnd();
    Ending.Finished ending = (Ending.Finished) federation.seat(0).ending.orElseThrow();
    assertThat(ending.attested()).containsExactly(Charters.id(0), Charters.id(1));
    assertThat(Duration.between(finished, federation.clock.instant()))
        .isGreaterThanOrEqualTo(TestFederation.DELAYS.grace());
  }
}
