package org.madrigal.node.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement.Enrolment;
import org.madrigal.core.protocol.Statement.Update;
import org.madrigal.core.protocol.Untrusted;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.disk.NodeException;

/** Journals and outboxes of bytes that no member wrote. */
@Timeout(10)
final class JournalFuzzTest {

  private static final String NAME = "journal";
  private static final int HEADER = 88;
  private static final FederationId FEDERATION = new FederationId(Digest.of(Bytes.ofHex("aa")));
  private static final VerifyingKey OWNER = SigningKey.generate(new Random(1)).verifyingKey();
  private static final Attachment SMALL = Attachment.of(Bytes.ofHex("0102"));
  private static final Attachment LARGE = Attachment.of(Bytes.takeOver(new byte[4097]));

  private static SigningJournal open(MemoryDisk disk) {
    return SigningJournal.open(disk, NAME, FEDERATION, OWNER);
  }

  private static Slot update(int round) {
    return Slot.of(
        new Update(new RoundId(round), Digest.of(Bytes.EMPTY), SMALL.ref(), Metrics.NONE), 0);
  }

  private static Bytes written() {
    MemoryDisk disk = new MemoryDisk();
    try (SigningJournal journal = open(disk)) {
      SignedStatement some = SignedStatement.of(Bytes.ofHex("0202"));
      journal.sign(Slot.of(new Enrolment("memory"), 0), some, Optional.empty());
      journal.sign(update(1), some, Optional.of(SMALL));
      journal.sign(update(2), some, Optional.of(LARGE));
      journal.adopt(update(3), some, Optional.of(SMALL.ref()));
      journal.abstain(update(4));
    }
    return disk.read(NAME).orElseThrow();
  }

  static Stream<byte[]> journals() {
    Bytes written = written();
    return Stream.of(written.toByteArray(), written.slice(0, HEADER).toByteArray());
  }

  static Stream<byte[]> records() {
    Stream.Builder<byte[]> records = Stream.builder();
    ByteBuffer file = written().asReadOnlyBuffer().position(HEADER);
    while (file.hasRemaining()) {
      byte[] content = new byte[file.getInt()];
      file.getInt();
      file.get(content);
      records.add(content);
    }
    return records.build();
  }

  static Stream<byte[]> attachments() {
    return Stream.of(LARGE.content().toByteArray(), new byte[0]);
  }

  @MethodSource("journals")
  @FuzzTest(maxDuration = "2m")
  void aJournalIsOpenedCutOffOrRefused(byte[] bytes) throws Exception {
    Untrusted.read(bytes.length, () -> open(Bytes.copyOf(bytes)));
  }

  private static void open(Bytes bytes) {
    MemoryDisk disk = new MemoryDisk();
    disk.create(NAME, bytes);
    try (SigningJournal journal = open(disk)) {
      Bytes left = disk.read(NAME).orElseThrow();
      assertThat(left).isEqualTo(bytes.slice(0, left.length()));
      List<Signing> signings = journal.signings();
      journal.abstain(update(99));
      assertThat(signings).isNotNull();
    } catch (NodeException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  /** A record of these contents, with the right length and checksum, behind the header. */
  @MethodSource("records")
  @FuzzTest(maxDuration = "2m")
  void aRecordIsReadOrRefused(byte[] content) throws Exception {
    CRC32C crc = new CRC32C();
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).putInt(content.length).flip();
    crc.update(length.duplicate());
    crc.update(content);
    ByteBuffer file = ByteBuffer.allocate(HEADER + SigningCodec.PREFIX + content.length);
    file.put(written().slice(0, HEADER).asReadOnlyBuffer());
    file.put(length).putInt((int) crc.getValue()).put(content);
    Untrusted.read(file.capacity(), () -> open(Bytes.takeOver(file.array())));
  }

  @MethodSource("attachments")
  @FuzzTest(maxDuration = "2m")
  void anOutboxGivesWhatItsNameSaysOrRefuses(byte[] bytes) {
    MemoryDisk disk = new MemoryDisk();
    disk.create("outbox/" + LARGE.ref().sha256().hex(), Bytes.copyOf(bytes));
    try (SigningJournal journal = open(disk)) {
      assertThat(new Outbox(disk, "outbox", journal).get(LARGE.ref())).contains(LARGE);
    } catch (NodeException e) {
      assertThat(e.kind()).isEqualTo(NodeException.Kind.DAMAGED);
    }
  }
}
