package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Training;
import org.madrigal.core.state.Event;
import org.madrigal.node.disk.MemoryDisk;

/** A member's secrets, or its whole folder, put back as they were some slots ago. */
class OldSecretsTest {

  private static final String SECRETS = MemberFolder.SECRETS + "/epoch-1";

  private static final Charter MASKED =
      Charters.secret(Privacy.MASKED, 4, new Training(9, new Strategy.FedAvgM(1, 0.5), 1), 20, 5);

  private final TestFederation federation = TestFederation.workedExample(MASKED);
  private final Seat seat = federation.seat(3);

  @BeforeEach
  void start() {
    federation.startAll();
  }

  @Test
  void secretsFromBeforeTheKeysWereAgreedAreRefused() {
    federation.turnUntil(() -> seat.disk.read(SECRETS).isPresent());
    Bytes old = seat.disk.read(SECRETS).orElseThrow();
    federation.turnUntil(() -> federation.inRound(4));

    comeBackWith(old);

    assertRefused();
  }

  @Test
  void secretsOfASlotBeforeAreRefused() {
    federation.turnUntil(() -> federation.inRound(2));
    Bytes old = seat.disk.read(SECRETS).orElseThrow();
    federation.turnUntil(() -> federation.inRound(4));

    comeBackWith(old);

    assertRefused();
  }

  @Test
  void presentSecretsAreKept() {
    federation.turnUntil(() -> federation.inRound(4));

    comeBackWith(seat.disk.read(SECRETS).orElseThrow());

    assertThat(seat.troubles()).isEmpty();
    assertThat(seat.disk.read(SECRETS)).isPresent();
  }

  @Test
  void withoutItsSecretsAMemberIsAbsentUntilTheNextEpoch() {
    federation.turnUntil(() -> federation.inRound(2));
    seat.crash();
    seat.disk
        .list(MemberFolder.SECRETS)
        .forEach(name -> seat.disk.delete(MemberFolder.SECRETS + "/" + name));
    seat.start();

    assertTakesPartAgain();
  }

  private void comeBackWith(Bytes old) {
    seat.crash();
    seat.disk.replace(SECRETS, old);
    seat.events.clear();
    seat.start();
    federation.turnUntil(() -> seat.events.stream().anyMatch(NodeEvent.CaughtUp.class::isInstance));
  }

  private void assertRefused() {
    assertThat(seat.troubles())
        .singleElement()
        .asString()
        .startsWith("The secrets of key epoch 1 are an old copy and were erased");
    assertThat(seat.disk.read(SECRETS)).isEmpty();
    assertTakesPartAgain();
  }

  private void assertTakesPartAgain() {
    federation.turnToTheEnd();
    assertThat(seat.ending).get().isInstanceOf(Ending.Finished.class);
    federation.finalModel();
    federation.assertOneStatementForEachSlot();
    assertThat(federation.events(Event.SlotOpened.class).getLast().contributors())
        .contains(seat.member);
  }

  @Test
  void anOldCopyOfTheWholeFolderStopsTheNodeUntilItRejoins() {
    federation.turnUntil(() -> federation.inRound(2));
    MemoryDisk backup = seat.disk.copy();
    federation.turnUntil(() -> federation.inRound(4));
    seat.crash();
    seat.disk = backup;
    seat.start();
    federation.turnUntil(() -> !seat.isRunning());
    assertThat(seat.ending).get().isInstanceOf(Ending.UnknownVoice.class);

    seat.options = seat.options.rejoining();
    seat.start();

    assertThat(seat.disk.read(SECRETS)).isEmpty();
    assertTakesPartAgain();
  }
}
