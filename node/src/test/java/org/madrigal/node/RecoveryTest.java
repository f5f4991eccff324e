package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement.Attestation;
import org.madrigal.core.protocol.Statement.Enrolment;
import org.madrigal.core.protocol.Statement.InitialModel;
import org.madrigal.core.protocol.Statement.Update;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.disk.MemoryDisk.Failure;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.PowerLoss;
import org.madrigal.node.journal.Signing;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.journal.Slot;

/** Restored backups, lost disks, second copies of a key and torn journals. */
class RecoveryTest {

  private static final Charter CHARTER = Charters.plain(3, 3);

  private final TestFederation federation = TestFederation.workedExample(CHARTER);
  private final Seat seat = federation.seat(2);

  private void runToRound(int round) {
    federation.startAll();
    federation.turnUntil(() -> federation.inRound(round));
  }

  private String unknownVoice() {
    federation.turnUntil(() -> seat.ending.isPresent());
    assertThat(seat.ending).containsInstanceOf(Ending.UnknownVoice.class);
    return ((Ending.UnknownVoice) seat.ending.orElseThrow()).sentence();
  }

  @Test
  void stopsOnARestoredBackup() {
    MemoryDisk backup = seat.disk.copy();
    runToRound(2);
    seat.crash();
    seat.disk = backup;
    seat.start();
    int entries = federation.statements(seat.member, Update.class).size();
    assertThat(unknownVoice())
        .contains("is Update for round 1 by 'cyd'")
        .contains("start once with --rejoin");
    assertThat(federation.statements(seat.member, Update.class)).hasSize(entries);
  }

  @Test
  void refusesToStartOnALostDisk() {
    runToRound(2);
    seat.crash();
    seat.disk = new MemoryDisk();
    assertThatThrownBy(seat::start)
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("run 'madrigal charter sign' first")
        .hasMessageContaining("--rejoin");
  }

  @Test
  void comesBackWithoutItsJournalAndAbstainsFromWhatWasOpen() {
    runToRound(2);
    seat.crash();
    seat.disk = new MemoryDisk();
    seat.options = seat.options.rejoining();
    seat.start();
    federation.turnToTheEnd();
    assertThat(seat.ending).containsInstanceOf(Ending.Finished.class);
    federation.assertOneStatementForEachSlot();
    assertThat(federation.statements(seat.member, Update.class))
        .extracting(update -> update.round().value())
        .containsExactly(1, 3);
    assertThat(federation.statements(seat.member, Attestation.class)).hasSize(1);
    assertThat(seat.disk.read(MemberFolder.REJOINING)).isEmpty();
  }

  @Test
  void recordsThatItAbstains() {
    runToRound(2);
    Seat lost = seat;
    lost.crash();
    lost.disk = new MemoryDisk();
    lost.options = lost.options.rejoining();
    lost.start();
    federation.turnUntil(() -> lost.disk.read(MemberFolder.REJOINING).isEmpty());
    try (SigningJournal journal =
        SigningJournal.open(
            lost.disk.copy(),
            MemberFolder.JOURNAL,
            CHARTER.id(),
            lost.identity.key().verifyingKey())) {
      assertThat(journal.find(Slot.update(new RoundId(2))))
          .containsInstanceOf(Signing.Abstained.class);
    }
    federation.turnToTheEnd();
    federation.assertOneStatementForEachSlot();
  }

  @Test
  void abstainsAlsoWhereTheRestoredJournalKnowsEverythingOnTheLedger() {
    runToRound(2);
    seat.crash();
    seat.options = seat.options.rejoining();
    seat.start();
    federation.turnToTheEnd();
    assertThat(federation.statements(seat.member, Update.class))
        .extracting(update -> update.round().value())
        .containsExactly(1, 3);
  }

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {"LOST", "TORN", "UNTOLD"})
  void comesBackThroughCrashesAtEveryWrite(Failure failure) {
    for (int write = 1; write <= 12; write++) {
      TestFederation each = TestFederation.workedExample(CHARTER);
      Seat lost = each.seat(2);
      each.startAll();
      each.turnUntil(() -> each.inRound(2));
      lost.crash();
      lost.disk = new MemoryDisk().failingAt(write, failure);
      lost.options = lost.options.rejoining();
      AtomicInteger starts = new AtomicInteger();
      each.turnUntil(() -> {
        if (!lost.isRunning() && lost.ending.isEmpty()) {
          starts.incrementAndGet();
          startThroughCrashes(lost);
        }
        return each.seats.stream().noneMatch(Seat::isRunning);
      });
      assertThat(starts.get()).isLessThanOrEqualTo(2);
      assertThat(lost.ending).containsInstanceOf(Ending.Finished.class);
      each.assertOneStatementForEachSlot();
      assertThat(each.statements(lost.member, Update.class))
          .extracting(update -> update.round().value())
          .startsWith(1)
          .doesNotContain(2);
    }
  }

  private static void startThroughCrashes(Seat lost) {
    try {
      lost.start();
    } catch (PowerLoss e) {
      lost.crash();
      lost.start();
    }
  }

  /** Nobody else would give the idle ledger the entry that closes the window. */
  @Test
  void nudgesAfterEverybodyHasLostItsDisk() {
    List<Seat> enrolled = federation.seats.subList(0, 2);
    enrolled.forEach(Seat::start);
    federation.turnUntil(() -> federation.statements(Charters.id(1), Enrolment.class).size() == 1);
    for (Seat each : enrolled) {
      each.loseDisk();
      each.approve();
      each.options = each.options.rejoining();
      each.start();
    }

    federation.turnUntil(() -> federation.inRound(2));

    federation.assertOneStatementForEachSlot();
  }

  /** Nobody else would bring the model that everybody may have brought before. */
  @Test
  void bringsTheInitialModelAfterEverybodyHasLostItsDisk() {
    federation.startAll();
    federation.turnUntil(() -> federation.statements(Charters.id(2), Enrolment.class).size() == 1);
    assertThat(federation.seats)
        .allSatisfy(
            each -> assertThat(federation.statements(each.member, InitialModel.class)).isEmpty());
    for (Seat each : federation.seats) {
      each.loseDisk();
      each.approve();
      each.options = each.options.rejoining();
      each.start();
    }

    federation.turnUntil(() -> federation.inRound(2));

    federation.assertOneStatementForEachSlot();
  }

  @Test
  void stopsWhereASecondNodeRunsWithItsKey() {
    Seat twin = new Seat(CHARTER, 2, federation.ledger, federation.clock, seat.trainer);
    twin.trainer =
        new ScriptedTrainer(CHARTER.layout(), (call, task, global) -> Parameters.of(9, 9, 9));
    twin.approve();
    federation.startAll();
    federation.turnUntil(() -> !federation.statements(Charters.id(0), Update.class).isEmpty());
    twin.start();
    federation.turnUntil(() -> {
      twin.turn();
      return seat.ending.isPresent() || twin.ending.isPresent();
    });
    assertThat(seat.ending.or(() -> twin.ending)).containsInstanceOf(Ending.UnknownVoice.class);
  }

  @Test
  void goesOnFromATornJournal() {
    runToRound(2);
    seat.crash();
    Bytes journal = seat.disk.read(MemberFolder.JOURNAL).orElseThrow();
    byte[] torn = Arrays.copyOf(journal.toByteArray(), journal.length() + 40);
    seat.disk.replace(MemberFolder.JOURNAL, Bytes.copyOf(torn));
    seat.start();
    federation.turnToTheEnd();
    assertThat(seat.ending).containsInstanceOf(Ending.Finished.class);
    assertThat(federation.statements(seat.member, Update.class)).hasSize(3);
  }

  @Test
  void refusesADamagedJournal() {
    runToRound(2);
    seat.crash();
    byte[] damaged = seat.disk.read(MemberFolder.JOURNAL).orElseThrow().toByteArray();
    damaged[120] ^= 1;
    seat.disk.replace(MemberFolder.JOURNAL, Bytes.copyOf(damaged));
    assertThatThrownBy(seat::start)
        .isInstanceOf(NodeException.class)
        .hasMessageStartingWith("The journal 'journal' is damaged")
        .hasMessageContaining("come back as after a lost disk");
  }
}
