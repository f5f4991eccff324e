package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement.Update;
import org.madrigal.ledger.ForkException;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;
import org.madrigal.node.disk.MemoryDisk;

/** One member's ledger fails; the others' does not. */
class LedgerTroubleTest {

  private static final Charter CHARTER = Charters.plain(3, 2);

  private final TestFederation federation = TestFederation.workedExample(CHARTER);
  private final FlakyLedger ledger = new FlakyLedger(federation.ledger);
  private final Seat seat =
      new Seat(CHARTER, 2, ledger, federation.clock, TestFederation.fixed(CHARTER, 2));

  LedgerTroubleTest() {
    seat.approve();
    federation.seats.set(2, seat);
    federation.startAll();
  }

  @Test
  void sendsTheSameBytesUntilTheyAreReadBack() {
    federation.turnUntil(() -> federation.inRound(1));
    ledger.swallows = true;
    federation.turnFor(Duration.ofSeconds(50));
    assertThat(federation.statements(seat.member, Update.class)).isEmpty();
    assertThat(ledger.given).hasSizeGreaterThan(2);
    assertThat(new HashSet<>(ledger.given)).hasSize(2);
    ledger.swallows = false;
    federation.turnToTheEnd();
    assertThat(federation.statements(seat.member, Update.class)).hasSize(2);
    federation.assertOneStatementForEachSlot();
  }

  @Test
  void goesOnWhenTheLedgerCanBeReachedAgain() {
    federation.turnUntil(() -> federation.inRound(1));
    ledger.appendFailure = new LedgerException(Kind.UNREACHABLE, "Nobody answers at ledger:7777");
    ledger.readFailure = ledger.appendFailure;
    federation.turnFor(Duration.ofSeconds(20));
    assertThat(seat.isRunning()).isTrue();
    assertThat(seat.troubles()).containsExactly("Nobody answers at ledger:7777");
    ledger.appendFailure = null;
    ledger.readFailure = null;
    federation.turnToTheEnd();
    assertThat(seat.ending).containsInstanceOf(Ending.Finished.class);
    assertThat(federation.statements(seat.member, Update.class)).hasSize(2);
  }

  @Test
  void saysNothingBeforeItHasReadWhatItsCopyLacks() {
    MemoryDisk backup = seat.disk.copy();
    federation.turnUntil(() -> federation.inRound(2));
    seat.crash();
    seat.disk = backup;
    ledger.given.clear();
    ledger.known = 5;
    ledger.catchUpFailure = new LedgerException(Kind.UNREACHABLE, "Nobody answers at ledger:7777");
    seat.start();
    federation.turnFor(Duration.ofSeconds(20));
    assertThat(seat.isRunning()).isTrue();
    assertThat(seat.troubles()).containsExactly("Nobody answers at ledger:7777");
    ledger.catchUpFailure = null;
    federation.turnUntil(() -> seat.ending.isPresent());
    assertThat(seat.ending).containsInstanceOf(Ending.UnknownVoice.class);
    assertThat(ledger.given).isEmpty();
  }

  @Test
  void endsWhereTheLedgerIsBroken() {
    federation.turnUntil(() -> federation.inRound(1));
    ledger.readFailure = new LedgerException(Kind.BROKEN, "Segment 3 is damaged");
    federation.turnUntil(() -> seat.ending.isPresent());
    assertThat(seat.ending).contains(new Ending.LedgerFailed("Segment 3 is damaged"));
  }

  @Test
  void endsWhereTheLedgerShowsAnotherHistory() {
    federation.turnUntil(() -> federation.inRound(1));
    Head ours = Head.genesis(CHARTER.id());
    Head theirs = new Head(new Position(3), Digest.of(new byte[] {1}));
    ledger.readFailure =
        new ForkException("The orderer rewrote entry 3", ours, theirs, Optional.empty());
    federation.turnUntil(() -> seat.ending.isPresent());
    assertThat(seat.ending)
        .contains(
            new Ending.Forked("The orderer rewrote entry 3", Optional.empty(), Optional.empty()));
  }

  @Test
  void saysThatAnUpdateCameTooLate() {
    federation.turnUntil(() -> federation.inRound(1));
    ledger.swallows = true;
    federation.turnUntil(() -> federation.inRound(2));
    SignedStatement late = ledger.given.getLast();
    Optional<Attachment> delta = ledger.givenLast;
    ledger.swallows = false;
    federation.ledger.append(late, delta);
    federation.turnToTheEnd();
    assertThat(seat.troubles())
        .anyMatch(sentence -> sentence.contains("it belongs to round 1 but round 2 is open"));
    assertThat(seat.ending).containsInstanceOf(Ending.Finished.class);
    federation.assertOneStatementForEachSlot();
  }
}
