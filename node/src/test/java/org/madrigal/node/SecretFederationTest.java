package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.Statement.Attestation;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Training;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Phase;
import org.madrigal.node.disk.MemoryDisk.Failure;

/** Whole federations with secrecy: real nodes, real secrets, a disk that fails. */
class SecretFederationTest {

  private static final Charter MASKED = Charters.secret(Privacy.MASKED, 4, 3);

  @ParameterizedTest
  @EnumSource(
      value = Privacy.class,
      names = {"MASKED", "MEMBERS"})
  void everybodyEndsWithTheSameModel(Privacy privacy) {
    TestFederation federation =
        TestFederation.workedExample(Charters.secret(privacy, 4, 3)).startAll();

    federation.turnToTheEnd();

    federation.finalModel();
    federation.assertOneStatementForEachSlot();
    assertThat(federation.seats)
        .allSatisfy(seat -> {
          assertThat(seat.ending).get().isInstanceOf(Ending.Finished.class);
          assertThat(seat.troubles()).isEmpty();
        });
  }

  /** Also the last model's figures, which were in the open where updates are. */
  @Test
  void noMemberTellsItsFiguresInTheOpen() {
    TestFederation federation = TestFederation.workedExample(MASKED).startAll();

    federation.turnToTheEnd();

    assertThat(federation.seats)
        .allSatisfy(seat ->
            assertThat(federation.statements(seat.member, Attestation.class))
                .singleElement()
                .satisfies(said -> assertThat(said.metrics()).isEqualTo(Metrics.NONE)));
  }

  @Test
  void nothingButEpochKeysIsLeftAtTheEnd() {
    TestFederation federation = TestFederation.workedExample(MASKED).startAll();

    federation.turnToTheEnd();

    for (Seat seat : federation.seats) {
      assertThat(seat.disk.list(MemberFolder.SECRETS)).contains("keys");
      assertThat(seat.disk.list(MemberFolder.OUTBOX)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void everyWriteMayFail(Failure failure) {
    TestFederation calm = TestFederation.workedExample(MASKED).startAll();
    calm.turnToTheEnd();
    Digest model = calm.finalModel();
    long writes = calm.seat(0).disk.writes();
    for (long write = 3; write <= writes; write++) {
      TestFederation federation = TestFederation.workedExample(MASKED);
      Seat seat = federation.seat(0);
      seat.disk = seat.disk.copy().failingAt(write, failure);
      federation.startAll();
      restartUntilTheEnd(federation, seat);
      assertThat(federation.finalModel()).as("write %d", write).isEqualTo(model);
      federation.assertOneStatementForEachSlot();
    }
  }

  private static void restartUntilTheEnd(TestFederation federation, Seat seat) {
    federation.turnUntil(() -> {
      boolean failed = seat.ending.filter(ending -> ending instanceof Ending.Failed).isPresent();
      if (failed) {
        seat.disk = seat.disk.copy();
      }
      if (!seat.isRunning() && (failed || seat.ending.isEmpty())) {
        seat.start();
      }
      return federation.seats.stream().noneMatch(Seat::isRunning);
    });
  }

  @Test
  void aMemberMayCrashInEveryTurn() {
    TestFederation calm = TestFederation.workedExample(MASKED).startAll();
    int turns = 0;
    while (calm.seats.stream().anyMatch(Seat::isRunning)) {
      calm.turn();
      turns++;
    }
    Digest model = calm.finalModel();
    for (int at = 0; at < turns; at++) {
      TestFederation federation = TestFederation.workedExample(MASKED).startAll();
      Seat seat = federation.seat(at % 4);
      for (int turn = 0; turn < at; turn++) {
        federation.turn();
      }
      if (seat.isRunning()) {
        seat.crash();
        seat.start();
      }
      federation.turnToTheEnd();
      assertThat(federation.finalModel()).as("turn %d", at).isEqualTo(model);
      federation.assertOneStatementForEachSlot();
    }
  }

  @Test
  void aMemberThatStaysAwayIsLeftOut() {
    TestFederation federation = TestFederation.workedExample(MASKED).startAll();
    federation.turnUntil(() -> federation.inRound(2));
    federation.seat(3).crash();

    federation.turnUntil(() -> federation.seats.subList(0, 3).stream().noneMatch(Seat::isRunning));

    federation.finalModel();
    List<Event.SlotOpened> opened = federation.events(Event.SlotOpened.class);
    assertThat(opened).hasSize(3);
    assertThat(opened.getLast().contributors()).doesNotContain(Charters.id(3));
  }

  @Test
  void aMemberThatLostItsDiskComesBackWithTheNextEpoch() {
    Charter charter =
        Charters.secret(Privacy.MASKED, 4, new Training(8, new Strategy.FedAvgM(1, 0.5), 1), 20, 3);
    TestFederation federation = TestFederation.workedExample(charter).startAll();
    federation.turnUntil(() -> federation.inRound(2));
    Seat seat = federation.seat(3);
    seat.loseDisk();
    seat.options = seat.options.rejoining();
    seat.start();

    federation.turnToTheEnd();

    assertThat(seat.ending).get().isInstanceOf(Ending.Finished.class);
    federation.finalModel();
    assertThat(federation.events(Event.SlotOpened.class).getLast().contributors())
        .contains(Charters.id(3));
  }

  /** It abstains from the offers that were open when it came back, and all three are needed. */
  @Test
  void aMemberThatLosesItsDiskBeforeItsOfferHoldsNobodyUp() {
    TestFederation federation =
        TestFederation.workedExample(Charters.secret(Privacy.MASKED, 3, 2)).startAll();
    Seat seat = federation.seat(2);
    federation.turnUntil(() -> {
      boolean offering =
          federation.statements(Charters.id(0), Statement.KeyOffer.class).size() == 1;
      if (federation.replay().federation().isPresent()
          && federation.phase() instanceof Phase.AwaitingModel
          && seat.isRunning()) {
        seat.crash();
      }
      return offering;
    });
    seat.loseDisk();
    seat.approve();
    seat.options = seat.options.rejoining();
    seat.start();

    federation.turnToTheEnd();

    assertThat(seat.ending).get().isInstanceOf(Ending.Finished.class);
    federation.finalModel();
    federation.assertOneStatementForEachSlot();
  }

  /** It cannot read the key that was dealt before, so the round is tried again with another one. */
  @Test
  void aMemberThatLosesItsDiskWhileUpdatesAreCollectedHoldsNobodyUp() {
    TestFederation federation =
        TestFederation.workedExample(Charters.secret(Privacy.MEMBERS, 3, 3)).startAll();
    Seat seat = federation.seat(2);
    federation.turnUntil(() -> federation.inRound(2));
    seat.loseDisk();
    seat.approve();
    seat.options = seat.options.rejoining();
    seat.start();

    federation.turnToTheEnd();

    assertThat(seat.ending).get().isInstanceOf(Ending.Finished.class);
    federation.finalModel();
    assertThat(federation.events(Event.SlotAbandoned.class)).hasSize(1);
  }

  /** With the same three members the model stays from the third round on, and so must they. */
  @Test
  void aMemberThatComesBackWhileTheModelStaysIsLeftOutAndHoldsNobodyUp() {
    TestFederation federation =
        TestFederation.workedExample(Charters.secret(Privacy.MASKED, 4, 6)).startAll();
    federation.turnUntil(() -> federation.inRound(2));
    Seat seat = federation.seat(3);
    seat.crash();
    federation.turnUntil(() -> federation.inRound(4));
    seat.start();

    federation.turnToTheEnd();

    federation.finalModel();
    assertThat(federation.events(Event.SlotOpened.class).getLast().contributors())
        .containsExactly(Charters.id(0), Charters.id(1), Charters.id(2));
  }
}
