package org.madrigal.node.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement.Enrolment;
import org.madrigal.core.protocol.Statement.Update;
import org.madrigal.core.protocol.Statement.Vote;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.disk.MemoryDisk.Failure;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.NodeException.Kind;
import org.madrigal.node.disk.PowerLoss;
import org.madrigal.node.journal.Signing.Origin;
import org.madrigal.node.journal.Signing.Said;

class SigningJournalTest {

  private static final String NAME = "journal";
  private static final FederationId FEDERATION = new FederationId(Digest.of(Bytes.ofHex("aa")));
  private static final VerifyingKey OWNER = SigningKey.generate(new Random(1)).verifyingKey();
  private static final Attachment ATTACHMENT = Attachment.of(Bytes.ofHex("0102"));
  private static final Attachment LARGE = Attachment.of(Bytes.takeOver(new byte[4097]));

  private static SigningJournal open(MemoryDisk disk) {
    return SigningJournal.open(disk, NAME, FEDERATION, OWNER);
  }

  private static Slot update(int round) {
    return Slot.of(
        new Update(new RoundId(round), Digest.of(Bytes.EMPTY), ATTACHMENT.ref(), Metrics.NONE), 0);
  }

  private static SignedStatement bytes(String hex) {
    return SignedStatement.of(Bytes.ofHex(hex));
  }

  private static MemoryDisk diskWithThree() {
    MemoryDisk disk = new MemoryDisk();
    try (SigningJournal journal = open(disk)) {
      journal.sign(Slot.of(new Enrolment("memory"), 0), bytes("01"), Optional.empty());
      journal.sign(update(1), bytes("0202"), Optional.of(ATTACHMENT));
      journal.adopt(
          Slot.of(new Vote(new MemberId("beta"), "late"), 3), bytes("03"), Optional.empty());
    }
    return disk;
  }

  @Test
  void remembersWhatWasSigned() {
    MemoryDisk disk = diskWithThree();
    try (SigningJournal journal = open(disk)) {
      assertThat(journal.signings()).hasSize(3);
      assertThat(journal.find(update(1)))
          .contains(
              new Said(2, update(1), bytes("0202"), Optional.of(ATTACHMENT.ref()), Origin.SIGNED));
      assertThat(journal.find(update(2))).isEmpty();
      assertThat(journal.signings().getLast())
          .isInstanceOfSatisfying(
              Said.class, said -> assertThat(said.origin()).isEqualTo(Origin.ADOPTED));
    }
  }

  @Test
  void enclosesSmallAttachmentsAndNamesLargeOnes() {
    MemoryDisk disk = diskWithThree();
    int before = disk.read(NAME).orElseThrow().length();
    try (SigningJournal journal = open(disk)) {
      journal.sign(update(2), bytes("04"), Optional.of(LARGE));
    }
    assertThat(disk.read(NAME).orElseThrow().length() - before).isLessThan(200);
    try (SigningJournal journal = open(disk)) {
      assertThat(journal.find(update(2)))
          .contains(new Said(4, update(2), bytes("04"), Optional.of(LARGE.ref()), Origin.SIGNED));
      assertThat(journal.enclosed(LARGE.ref())).isEmpty();
      assertThat(journal.enclosed(ATTACHMENT.ref())).contains(ATTACHMENT);
    }
  }

  @Test
  void keepsAndRefusesAWholeRecordThatItCannotRead() {
    for (int part : new int[] {3, 4, 128}) {
      MemoryDisk disk = new MemoryDisk();
      try (SigningJournal journal = open(disk)) {
        journal.sign(update(1), bytes("02"), Optional.empty());
      }
      byte[] file = disk.read(NAME).orElseThrow().toByteArray();
      file[file.length - 2] = (byte) part;
      writeChecksum(file, length(0));
      disk.replace(NAME, Bytes.copyOf(file));
      assertThatThrownBy(() -> open(disk))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("record 1, at byte 88, is whole but not of this version");
      assertThat(disk.read(NAME)).contains(Bytes.copyOf(file));
    }
  }

  private static void writeChecksum(byte[] file, int record) {
    CRC32C crc = new CRC32C();
    crc.update(file, record, Integer.BYTES);
    int content = record + SigningCodec.PREFIX;
    crc.update(file, content, file.length - content);
    ByteBuffer.wrap(file).putInt(record + Integer.BYTES, (int) crc.getValue());
  }

  @Test
  void refusesASecondStatementForASlot() {
    try (SigningJournal journal = open(diskWithThree())) {
      assertThatThrownBy(() -> journal.sign(update(1), bytes("0203"), Optional.of(ATTACHMENT)))
          .isInstanceOf(NodeException.class)
          .hasMessage(
              "Refusing to sign Update for round 1: a different one was signed at journal record 2");
    }
  }

  @Test
  void repeatsTheSameStatement() {
    try (SigningJournal journal = open(diskWithThree())) {
      Said said = journal.sign(update(1), bytes("0202"), Optional.of(ATTACHMENT));
      assertThat(said.number()).isEqualTo(2);
      assertThat(journal.signings()).hasSize(3);
    }
  }

  @Test
  void abstainsForEver() {
    MemoryDisk disk = diskWithThree();
    try (SigningJournal journal = open(disk)) {
      journal.abstain(update(4));
      journal.abstain(update(4));
      assertThatThrownBy(() -> journal.abstain(update(1)))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("it was signed at journal record 2");
    }
    try (SigningJournal journal = open(disk)) {
      assertThat(journal.signings()).hasSize(4);
      assertThatThrownBy(() -> journal.sign(update(4), bytes("04"), Optional.empty()))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("abstains from it (journal record 4)");
    }
  }

  @Test
  void removesATornTail() {
    MemoryDisk disk = diskWithThree();
    Bytes whole = disk.read(NAME).orElseThrow();
    int before = length(2);
    for (int cut = before + 1; cut < whole.length(); cut++) {
      MemoryDisk torn = disk.copy();
      torn.replace(NAME, whole.slice(0, cut));
      try (SigningJournal journal = open(torn)) {
        assertThat(journal.signings()).as("cut at %d", cut).hasSize(2);
        journal.sign(update(9), bytes("09"), Optional.empty());
      }
      try (SigningJournal journal = open(torn)) {
        assertThat(journal.signings()).hasSize(3);
      }
    }
  }

  @Test
  void removesATailThatWasReservedButNeverWritten() {
    MemoryDisk disk = diskWithThree();
    byte[] content = disk.read(NAME).orElseThrow().toByteArray();
    byte[] longer = java.util.Arrays.copyOf(content, content.length + 100);
    disk.replace(NAME, Bytes.copyOf(longer));
    try (SigningJournal journal = open(disk)) {
      assertThat(journal.signings()).hasSize(3);
    }
    assertThat(disk.read(NAME).orElseThrow().length()).isEqualTo(content.length);
  }

  @Test
  void refusesEveryFlippedByteThatIsNotInTheLastRecord() {
    MemoryDisk disk = diskWithThree();
    byte[] content = disk.read(NAME).orElseThrow().toByteArray();
    int last = length(2);
    for (int i = 0; i < last; i++) {
      byte[] flipped = content.clone();
      flipped[i] ^= 0x10;
      MemoryDisk damaged = disk.copy();
      damaged.replace(NAME, Bytes.copyOf(flipped));
      assertThatThrownBy(() -> open(damaged))
          .as("byte %d", i)
          .isInstanceOf(NodeException.class)
          .extracting(e -> ((NodeException) e).kind())
          .isEqualTo(Kind.DAMAGED);
      assertThat(damaged.read(NAME)).contains(Bytes.copyOf(flipped));
    }
  }

  /** The length of the file with the first {@code records} records of {@link #diskWithThree}. */
  private static int length(int records) {
    MemoryDisk disk = new MemoryDisk();
    try (SigningJournal journal = open(disk)) {
      if (records > 0) {
        journal.sign(Slot.of(new Enrolment("memory"), 0), bytes("01"), Optional.empty());
      }
      if (records > 1) {
        journal.sign(update(1), bytes("0202"), Optional.of(ATTACHMENT));
      }
    }
    return disk.read(NAME).orElseThrow().length();
  }

  @Test
  void belongsToOneFederationAndOneKey() {
    MemoryDisk disk = diskWithThree();
    FederationId other = new FederationId(Digest.of(Bytes.ofHex("bb")));
    assertThatThrownBy(() -> SigningJournal.open(disk, NAME, other, OWNER))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("one member folder for each federation");
    VerifyingKey stranger = SigningKey.generate(new Random(2)).verifyingKey();
    assertThatThrownBy(() -> SigningJournal.open(disk, NAME, FEDERATION, stranger))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("one member folder for each federation");
  }

  @Test
  void losesNothingThatWasAcknowledgedWhenThePowerFails() {
    for (Failure failure : new Failure[] {Failure.LOST, Failure.TORN, Failure.UNTOLD}) {
      MemoryDisk disk = diskWithThree().copy().failingAt(1, failure);
      SigningJournal journal = open(disk);
      assertThatThrownBy(() -> journal.sign(update(5), bytes("05"), Optional.empty()))
          .isInstanceOf(PowerLoss.class);
      try (SigningJournal again = open(disk.copy())) {
        assertThat(again.signings()).hasSize(failure == Failure.UNTOLD ? 4 : 3);
      }
    }
  }

  @Test
  void goesOnWhenAFullDiskHasRoomAgain() {
    MemoryDisk disk = diskWithThree().copy().failingAt(1, Failure.FULL);
    try (SigningJournal journal = open(disk)) {
      assertThatThrownBy(() -> journal.sign(update(5), bytes("05"), Optional.empty()))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("No space left");
      assertThat(journal.find(update(5))).isEmpty();
      journal.sign(update(5), bytes("0506"), Optional.empty());
    }
    try (SigningJournal journal = open(disk)) {
      assertThat(journal.signings()).hasSize(4);
    }
  }
}
