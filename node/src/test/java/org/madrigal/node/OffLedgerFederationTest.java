package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Custody;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.Receipt;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.SlotCoding;
import org.madrigal.core.state.SlotTask;
import org.madrigal.core.state.Stage;
import org.madrigal.node.disk.MemoryDisk.Failure;

/** Whole federations whose attachments lie with the members: real nodes, real receipts. */
class OffLedgerFederationTest {

  private static final MemberId DEE = Charters.id(3);

  private static Charter onLedger(Privacy privacy) {
    return privacy == Privacy.NONE ? Charters.plain(4, 3) : Charters.secret(privacy, 4, 3);
  }

  private static Charter offLedger(Privacy privacy) {
    Charter charter = onLedger(privacy);
    return Charters.of(
        4,
        charter.training(),
        charter.rules().with(new Custody(0, charter.rules().minimum())),
        charter.recipe());
  }

  private static final Charter MASKED = offLedger(Privacy.MASKED);

  @ParameterizedTest
  @EnumSource(Privacy.class)
  void givesTheModelThatItGivesOnTheLedger(Privacy privacy) {
    TestFederation on = TestFederation.workedExample(onLedger(privacy)).startAll();
    TestFederation off = TestFederation.workedExample(offLedger(privacy)).startAll();

    on.turnToTheEnd();
    off.turnToTheEnd();

    assertThat(off.finalModel()).isEqualTo(on.finalModel());
    off.assertOneStatementForEachSlot();
    assertThat(off.entries()).allSatisfy(entry -> assertThat(entry.attachment()).isEmpty());
    assertThat(off.seats)
        .allSatisfy(seat -> {
          assertThat(seat.ending).get().isInstanceOf(Ending.Finished.class);
          assertThat(seat.troubles()).isEmpty();
          assertThat(seat.disk.list(MemberFolder.OUTBOX)).isEmpty();
          int different = privacy == Privacy.NONE ? 2 * 4 : 3 * 4; // rounds 2 and 3 learn the same
          assertThat(seat.disk.list(MemberFolder.ATTACHMENTS)).hasSize(1 + different);
        });
  }

  /** It names its update and is never heard of again: the slot opens without it. */
  @Test
  void anAuthorThatVanishesAfterItsHashIsLeftOut() {
    TestFederation federation = TestFederation.workedExample(MASKED);
    federation.way = (from, to, attachment) -> !from.equals(DEE) || isInitial(attachment);
    federation.startAll();
    federation.turnUntil(() -> !federation.statements(DEE, MaskedUpdate.class).isEmpty());
    federation.seat(3).crash();

    federation.turnUntil(() -> federation.seats.subList(0, 3).stream().noneMatch(Seat::isRunning));

    federation.finalModel();
    assertThat(federation.events(Event.SlotOpened.class))
        .allSatisfy(opened -> assertThat(opened.contributors()).doesNotContain(DEE));
  }

  private static boolean isInitial(AttachmentRef attachment) {
    return attachment.sha256().equals(MASKED.initialDigest());
  }

  /** The author gives its bytes to as few members as make them count; the rest ask these. */
  @Test
  void othersGetFromHoldersWhatTheAuthorDoesNotGiveThem() {
    TestFederation federation = TestFederation.workedExample(MASKED);
    Set<MemberId> favoured = Set.of(Charters.id(0), Charters.id(1));
    federation.way =
        (from, to, attachment) ->
            !from.equals(DEE) || favoured.contains(to) || isInitial(attachment);
    federation.startAll();

    federation.turnToTheEnd();

    assertThat(federation.seats)
        .allSatisfy(seat -> assertThat(seat.ending).get().isInstanceOf(Ending.Finished.class));
    assertThat(federation.events(Event.SlotOpened.class))
        .allSatisfy(opened -> assertThat(opened.contributors()).contains(DEE));
  }

  /** One confirmation covers all that a member has got since the last. */
  @Test
  void aReceiptIsForSeveralAttachments() {
    TestFederation federation = TestFederation.workedExample(MASKED).startAll();
    federation.turnToTheEnd();
    for (Seat seat : federation.seats) {
      Set<Object> positions = new HashSet<>();
      for (Receipt receipt : federation.statements(seat.member, Receipt.class)) {
        receipt.attachments().forEach(held -> assertThat(positions.add(held.position())).isTrue());
      }
      assertThat(positions).hasSizeLessThanOrEqualTo(1 + 3 * 3);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Failure.class,
      names = {"LOST", "UNTOLD"})
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
      assertThat(federation.finalModel()).as("write %d", write).isEqualTo(model);
      federation.assertOneStatementForEachSlot();
    }
  }

  /** It gets every attachment again that models were computed from, from the others. */
  @ParameterizedTest
  @EnumSource(Privacy.class)
  void aMemberThatLostItsDiskGetsEverythingFromTheOthers(Privacy privacy) {
    TestFederation federation = TestFederation.workedExample(offLedger(privacy)).startAll();
    federation.turnUntil(() -> federation.inRound(3));
    Seat seat = federation.seat(3);
    seat.loseDisk();
    seat.options = seat.options.rejoining();
    seat.start();

    federation.turnToTheEnd();

    federation.finalModel();
    federation.assertOneStatementForEachSlot();
    if (privacy == Privacy.NONE) {
      assertThat(seat.ending).get().isInstanceOf(Ending.Finished.class);
      assertThat(seat.disk.list(MemberFolder.ATTACHMENTS)).hasSize(8);
    }
  }

  /** Where nobody gives it what it lacks it waits, says so, and goes on when somebody does. */
  @Test
  void whoLacksBytesWaitsAndSaysForWhat() {
    TestFederation federation = TestFederation.workedExample(offLedger(Privacy.NONE));
    MemberId late = Charters.id(0);
    federation.way = (from, to, attachment) -> !to.equals(late);
    federation.startAll();
    Seat seat = federation.seat(0);
    federation.turnUntil(() -> federation.seats.subList(1, 4).stream().noneMatch(Seat::isRunning));
    federation.turnFor(Duration.ofMinutes(2));

    assertThat(seat.isRunning()).isTrue();
    assertThat(seat.events)
        .filteredOn(NodeEvent.Waiting.class::isInstance)
        .last()
        .asString()
        .contains("does not have the attachment")
        .contains("waits until");
    assertThat(seat.troubles()).last().asString().contains("has not come from anybody");

    federation.way = (from, to, attachment) -> true;
    federation.seats.subList(1, 4).forEach(other -> other.options = other.options.staying());
    federation.seats.subList(1, 4).forEach(Seat::start);
    federation.turnUntil(() -> !seat.isRunning());
    assertThat(seat.ending).get().isInstanceOf(Ending.Finished.class);
  }

  /**
   * Everybody holds bytes with this digest, but not with this length: nobody can use them, so
   * nobody says that it holds them.
   */
  @Test
  void whoLiesAboutTheLengthOfWhatAllHoldIsLeftOut() throws InterruptedException {
    TestFederation federation = TestFederation.workedExample(MASKED).startAll();
    federation.turnUntil(() -> masking(federation).isPresent());
    federation.seat(3).crash();
    Stage.Masking stage = masking(federation).orElseThrow();
    assertThat(stage.sent()).doesNotContain(DEE);
    SlotCoding coding = SlotCoding.of(MASKED, new SlotTask.Training(new RoundId(1)));
    AttachmentRef lie =
        new AttachmentRef(MASKED.initialDigest(), coding.ring().packedLength(coding.length()));
    Statement named =
        new MaskedUpdate(
            stage.plan().slot(),
            new RoundId(1),
            stage.plan().digest(),
            MASKED.initialDigest(),
            lie);
    Payload payload = new Payload(MASKED.id(), federation.replay().history().head(), named);
    federation.ledger.append(StatementCodec.sign(DEE, payload, Charters.key(3)), Optional.empty());

    federation.turnUntil(() -> federation.seats.subList(0, 3).stream().noneMatch(Seat::isRunning));

    federation.finalModel();
    assertThat(federation.statements(DEE, MaskedUpdate.class)).hasSize(1);
    assertThat(federation.events(Event.SlotOpened.class))
        .allSatisfy(opened -> assertThat(opened.contributors()).doesNotContain(DEE));
  }

  private static Optional<Stage.Masking> masking(TestFederation federation) {
    return federation
        .replay()
        .federation()
        .map(Federation::phase)
        .filter(Phase.Confidential.class::isInstance)
        .map(phase -> ((Phase.Confidential) phase).stage())
        .filter(Stage.Masking.class::isInstance)
        .map(Stage.Masking.class::cast);
  }

  /** A crash came between keeping an attachment and signing its statement. */
  @Test
  void whatWasKeptButNeverNamedIsErased() {
    TestFederation federation = TestFederation.workedExample(MASKED);
    Attachment stray = Attachment.of(Bytes.takeOver(new byte[] {1, 2, 3}));
    federation.seat(0).shelf().put(stray);
    federation.startAll();
    federation.turnToTheEnd();
    assertThat(federation.seat(0).disk.list(MemberFolder.ATTACHMENTS))
        .doesNotContain(stray.ref().sha256().hex())
        .containsAll(List.of(MASKED.initialDigest().hex()));
  }
}
