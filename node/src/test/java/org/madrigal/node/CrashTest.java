package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement.Update;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.disk.MemoryDisk.Failure;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.PowerLoss;
import org.madrigal.node.journal.Signing.Said;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.journal.Slot;

/** The power fails, or the disk is full, at every write that a node makes. */
class CrashTest {

  private static final Charter CHARTER = Charters.plain(3, 2);

  /** Its updates are too large for the journal. */
  private static final Charter LARGE = Charters.plain(3, 2, 1025);

  private static final int APPROVAL_WRITES = 2;

  @ParameterizedTest
  @EnumSource(Failure.class)
  void everyWriteMayFail(Failure failure) {
    assertThat(writesThatMayFail(CHARTER, failure)).isEqualTo(5);
  }

  /** Each update adds its file to what a small one writes, and the file's erasure. */
  @ParameterizedTest
  @EnumSource(Failure.class)
  void everyWriteMayFailWhereUpdatesAreLarge(Failure failure) {
    assertThat(writesThatMayFail(LARGE, failure)).isEqualTo(5 + 2 * 3);
  }

  private static long writesThatMayFail(Charter charter, Failure failure) {
    TestFederation calm = TestFederation.workedExample(charter).startAll();
    calm.turnToTheEnd();
    Digest model = calm.finalModel();
    long writes = calm.seat(0).disk.writes() - APPROVAL_WRITES;
    for (long write = 1; write <= writes; write++) {
      TestFederation federation = TestFederation.workedExample(charter);
      Seat seat = federation.seat(0);
      seat.disk = seat.disk.copy().failingAt(write, failure);
      federation.startAll();
      int restarts = runWithRestarts(federation, seat);
      assertThat(restarts).as("write %d", write).isEqualTo(1);
      assertThat(federation.finalModel()).as("write %d", write).isEqualTo(model);
      federation.assertOneStatementForEachSlot();
      assertThat(federation.statements(seat.member, Update.class)).hasSize(2);
      assertThat(seat.disk.list(MemberFolder.OUTBOX)).isEmpty();
    }
    return writes;
  }

  private static int runWithRestarts(TestFederation federation, Seat seat) {
    AtomicInteger restarts = new AtomicInteger();
    federation.turnUntil(() -> {
      boolean failed = seat.ending.filter(ending -> ending instanceof Ending.Failed).isPresent();
      if (failed) {
        seat.disk = seat.disk.copy();
      }
      if (!seat.isRunning() && (failed || seat.ending.isEmpty())) {
        restarts.incrementAndGet();
        seat.start();
      }
      return federation.seats.stream().noneMatch(Seat::isRunning);
    });
    assertThat(seat.ending).containsInstanceOf(Ending.Finished.class);
    return restarts.get();
  }

  @Test
  void theApprovalMayFailAtEveryWrite() {
    for (Failure failure : Failure.values()) {
      for (int write = 1; write <= APPROVAL_WRITES; write++) {
        TestFederation federation = TestFederation.workedExample(CHARTER);
        Seat seat = federation.seat(0);
        Digest approved = approval(seat);
        seat.disk = new MemoryDisk().failingAt(write, failure);
        try {
          seat.approve();
        } catch (PowerLoss | NodeException e) {
          seat.disk = seat.disk.copy();
        }
        seat.approve();
        assertThat(approval(seat)).isEqualTo(approved);
      }
    }
  }

  private static Digest approval(Seat seat) {
    try (MemberFolder folder = MemberFolder.open(seat.disk)) {
      return Approvals.find(folder, seat.identity).orElseThrow().digest();
    }
  }

  @Test
  void aRetrainedUpdateNeverReplacesTheOneThatWasSigned() {
    AtomicInteger trainings = new AtomicInteger();
    for (long write = 1; write <= 14; write++) {
      TestFederation federation =
          new TestFederation(
              CHARTER,
              place ->
                  new ScriptedTrainer(
                      CHARTER.layout(),
                      (call, task, global) ->
                          Parameters.of(trainings.incrementAndGet() % 100, 2, 3)));
      Seat seat = federation.seat(0);
      seat.disk = seat.disk.copy().failingAt(write, Failure.UNTOLD);
      List<Digest> signed = new ArrayList<>();
      federation.startAll();
      federation.turnUntil(() -> {
        if (!seat.isRunning() && seat.ending.isEmpty()) {
          signed.addAll(updates(seat));
          seat.start();
        }
        return federation.seats.stream().noneMatch(Seat::isRunning);
      });
      federation.assertOneStatementForEachSlot();
      List<Digest> onLedger =
          federation.entries().stream().map(entry -> entry.statement().digest()).toList();
      assertThat(onLedger).containsAll(signed);
      federation.finalModel();
    }
  }

  private static List<Digest> updates(Seat seat) {
    try (SigningJournal journal =
        SigningJournal.open(
            seat.disk.copy(),
            MemberFolder.JOURNAL,
            seat.identity.federation(),
            seat.identity.key().verifyingKey())) {
      return journal.signings().stream()
          .filter(Said.class::isInstance)
          .map(Said.class::cast)
          .filter(said -> said.slot().kind() == Slot.update(new RoundId(1)).kind())
          .map(said -> said.statement().digest())
          .toList();
    }
  }
}
