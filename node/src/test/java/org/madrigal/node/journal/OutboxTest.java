package org.madrigal.node.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.disk.NodeException;

class OutboxTest {

  private static final FederationId FEDERATION = new FederationId(Digest.of(Bytes.ofHex("aa")));
  private static final VerifyingKey OWNER = SigningKey.generate(new Random(1)).verifyingKey();
  private static final Attachment SMALL = Attachment.of(Bytes.takeOver(new byte[4096]));
  private static final Attachment ONE = Attachment.of(Bytes.takeOver(new byte[4097]));
  private static final Attachment TWO = Attachment.of(Bytes.takeOver(new byte[5000]));
  private static final SignedStatement STATEMENT = SignedStatement.of(Bytes.ofHex("01"));

  private final MemoryDisk disk = new MemoryDisk();
  private final SigningJournal journal = open(disk);
  private final Outbox outbox = new Outbox(disk, "outbox", journal);

  private static SigningJournal open(MemoryDisk disk) {
    return SigningJournal.open(disk, "journal", FEDERATION, OWNER);
  }

  private static Outbox afterRestart(MemoryDisk disk) {
    return new Outbox(disk, "outbox", open(disk));
  }

  private static Slot slot(int round) {
    return Slot.update(new RoundId(round));
  }

  @Test
  void keepsLargeAttachmentsUntilTheyAreErased() {
    outbox.put(ONE);
    outbox.put(TWO);
    outbox.erase(ONE.ref());
    for (Outbox each : new Outbox[] {outbox, afterRestart(disk.copy())}) {
      assertThat(each.get(ONE.ref())).isEmpty();
      assertThat(each.get(TWO.ref())).contains(TWO);
    }
  }

  @Test
  void leavesSmallAttachmentsToTheJournal() {
    outbox.put(SMALL);
    assertThat(outbox.get(SMALL.ref())).isEmpty();
    long before = disk.writes();
    journal.sign(slot(1), STATEMENT, Optional.of(SMALL));
    assertThat(disk.writes()).isEqualTo(before + 1);
    assertThat(disk.names()).containsExactly("journal");
    for (Outbox each : new Outbox[] {outbox, afterRestart(disk.copy())}) {
      assertThat(each.get(SMALL.ref())).contains(SMALL);
      each.erase(SMALL.ref());
      assertThat(each.get(SMALL.ref())).isEmpty();
    }
  }

  @Test
  void hasNothingOfAStatementThatAnotherDiskHeld() {
    journal.adopt(slot(1), STATEMENT, Optional.of(SMALL.ref()));
    assertThat(afterRestart(disk.copy()).get(SMALL.ref())).isEmpty();
  }

  @Test
  void forgetsWhatWasKeptButNeverSigned() {
    outbox.put(ONE);
    outbox.put(TWO);
    journal.sign(slot(1), STATEMENT, Optional.of(SMALL));
    outbox.retain(Set.of(TWO.ref()));
    assertThat(disk.list("outbox")).containsExactly(TWO.ref().sha256().hex());
    assertThat(outbox.get(ONE.ref())).isEmpty();
    assertThat(outbox.get(SMALL.ref())).isEmpty();
  }

  @Test
  void refusesAFileThatIsNotWhatItsNameSays() {
    outbox.put(ONE);
    disk.replace("outbox/" + ONE.ref().sha256().hex(), TWO.content());
    Outbox restarted = afterRestart(disk.copy());
    assertThatThrownBy(() -> restarted.get(ONE.ref()))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("is damaged");
  }
}
