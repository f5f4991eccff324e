package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.LedgerException.Kind;

/** What a writer does with what it finds in a folder. */
final class FileLedgerRecoveryTest {

  private static final String FIRST = "segment-00000000000000000000";
  private static final String LAST = "segment-00000000000000000007";

  @TempDir Path folder;

  @BeforeEach
  void writeLedger() throws IOException {
    SmallLedger.write(folder);
  }

  private FileLedger open() {
    return open(Fixtures.FEDERATION, Fixtures.ORDERER);
  }

  private FileLedger open(FederationId federation, SigningKey orderer) {
    return FileLedger.open(folder, federation, orderer, TestClock.of2026());
  }

  private void assertRefused(Kind kind) {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            LedgerException.class, e -> assertThat(e.kind()).as(e.toString()).isEqualTo(kind));
  }

  private void assertGoesOnAfter(int entries) throws InterruptedException {
    try (FileLedger ledger = open()) {
      assertThat(ledger.read(new Position(entries), 1, Duration.ZERO)).isEmpty();
      ledger.append(LedgerContract.statement(500), Optional.empty());
      assertThat(ledger.read(new Position(entries), 1, Duration.ZERO))
          .singleElement()
          .satisfies(e -> assertThat(e.statement()).isEqualTo(LedgerContract.statement(500)));
      assertThat(ledger.read(new Position(entries - 1), 1, Duration.ZERO))
          .singleElement()
          .satisfies(e -> assertThat(e.statement()).isEqualTo(SmallLedger.statement(entries - 1)));
    }
    assertThat(SmallLedger.verify(folder)).isInstanceOf(LedgerVerdict.Sound.class);
  }

  @Test
  void cutsOffATornTailOfAnyLength() throws Exception {
    byte[] last = Files.readAllBytes(folder.resolve(LAST));
    Map<String, byte[]> before = SmallLedger.bytes(folder);
    for (int length = 0; length < last.length; length++) {
      for (Map.Entry<String, byte[]> file : before.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
      Files.write(folder.resolve(LAST), Arrays.copyOf(last, length));
      assertGoesOnAfter(SmallLedger.ENTRIES - 1);
    }
  }

  @Test
  void saysWhatItCutOff() throws Exception {
    Files.write(folder.resolve(LAST), new byte[123], StandardOpenOption.APPEND);
    try (FileLedger ledger = open()) {
      assertThat(ledger.repaired())
          .hasValueSatisfying(torn -> {
            assertThat(torn.bytes()).isEqualTo(123);
            assertThat(torn.file()).isEqualTo(folder.resolve(LAST));
          });
    }
    try (FileLedger ledger = open()) {
      assertThat(ledger.repaired()).isEmpty();
    }
    assertGoesOnAfter(SmallLedger.ENTRIES);
  }

  @Test
  void cutsOffATornBlockWhoseAttachmentLooksLikeABlock() throws Exception {
    Bytes image = Bytes.takeOver(Files.readAllBytes(folder.resolve(FIRST)));
    long length;
    try (FileLedger ledger = open()) {
      ledger.append(LedgerContract.statement(9), Optional.of(Attachment.of(image)));
      length = ledger.blocks(5, 1, Duration.ZERO).orElseThrow().length();
    }
    Path file = LedgerFolder.segments(folder).getLast();
    byte[] bytes = Files.readAllBytes(file);
    assertThat((long) bytes.length).isGreaterThanOrEqualTo(length);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertGoesOnAfter(SmallLedger.ENTRIES);
  }

  @Test
  void repairsNothingBeforeAGoodBlock() throws Exception {
    Files.delete(folder.resolve(LAST));
    Path file = folder.resolve("segment-00000000000000000003");
    byte[] bytes = Files.readAllBytes(file);
    int firstBlock;
    try (InputStream in = LedgerFolder.read(file, 0)) {
      firstBlock = (int) new BlockStream(in, bytes.length).next().orElseThrow().blockLength();
    }
    for (int i = 0; i < firstBlock; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 1;
      Files.write(file, flipped);
      assertRefused(Kind.BROKEN);
      assertThat(file).hasBinaryContent(flipped);
    }
  }

  @Test
  void repairsNothingInAnEarlierSegment() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(FIRST));
    for (int length = 0; length < bytes.length; length += 13) {
      Files.write(folder.resolve(FIRST), Arrays.copyOf(bytes, length));
      assertRefused(Kind.BROKEN);
    }
    Files.delete(folder.resolve(FIRST));
    assertRefused(Kind.BROKEN);
  }

  @Test
  void removesASegmentThatWasBegunAndNeverWritten() throws Exception {
    Files.createFile(folder.resolve("segment-00000000000000000008"));
    try (FileLedger ledger = open()) {
      assertThat(ledger.repaired()).isEmpty();
    }
    assertThat(SmallLedger.verify(folder)).isInstanceOf(LedgerVerdict.Sound.class);
    assertGoesOnAfter(SmallLedger.ENTRIES);
  }

  @Test
  void findsADamagedAttachmentWhenItIsRead() throws Exception {
    byte[] bytes = Files.readAllBytes(folder.resolve(FIRST));
    bytes[bytes.length - 30] ^= 4;
    Files.write(folder.resolve(FIRST), bytes);
    try (FileLedger ledger = open()) {
      assertThatThrownBy(() -> ledger.read(Position.FIRST, 100, Duration.ZERO))
          .isInstanceOfSatisfying(
              LedgerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BROKEN));
    }
  }

  @Test
  void refusesASecondWriter() {
    try (FileLedger ledger = open()) {
      assertThat(ledger.blockCount()).isEqualTo(5);
      assertRefused(Kind.LOCKED);
    }
    open().close();
  }

  @Test
  void refusesAnotherFederationOrOrderer() {
    FederationId other = new FederationId(Digest.of(new byte[] {1}));
    assertThatThrownBy(() -> open(other, Fixtures.ORDERER))
        .isInstanceOfSatisfying(
            LedgerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FOREIGN));
    assertThatThrownBy(() -> open(Fixtures.FEDERATION, Fixtures.key(3)))
        .isInstanceOfSatisfying(
            LedgerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FOREIGN));
    open().close();
  }

  @Test
  void refusesAFolderThatLostItsGenesis() throws IOException {
    Files.delete(folder.resolve(Genesis.FILE));
    assertRefused(Kind.BROKEN);
  }

  @Test
  void refusesAForgedLastBlock() throws IOException {
    LedgerForger.read(folder).statement(7, SmallLedger.statement(70)).write(folder);
    assertRefused(Kind.BROKEN);
  }

  @Test
  void letsTheFolderGoWhenItRefuses() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(FIRST));
    Files.write(folder.resolve(FIRST), new byte[3]);
    assertRefused(Kind.BROKEN);
    Files.write(folder.resolve(FIRST), bytes);
    open().close();
  }
}
