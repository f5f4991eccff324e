package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.LedgerCopy.Acceptance;

final class LedgerCopyTest {

  private static final VerifyingKey ORDERER = Fixtures.ORDERER.verifyingKey();

  @TempDir Path temporary;
  private Path source = Path.of("");
  private byte[] blocks = new byte[0];

  @BeforeEach
  void writeLedger() throws Exception {
    source = temporary.resolve("source");
    SmallLedger.write(source);
    blocks = blocksOf(source);
  }

  /** All blocks of a ledger, as a server sends them. */
  private static byte[] blocksOf(Path folder) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> file : new TreeMap<>(SmallLedger.bytes(folder)).entrySet()) {
      if (file.getKey().startsWith("segment-")) {
        all.write(file.getValue());
      }
    }
    return all.toByteArray();
  }

  private static Genesis genesis(Path folder) {
    return switch (Genesis.read(folder)) {
      case Decoding.Decoded<Genesis>(Genesis genesis) -> genesis;
      case Decoding.Malformed<Genesis>(String reason) -> throw new AssertionError(reason);
    };
  }

  private LedgerCopy begin(String name) {
    LedgerCopy copy = LedgerCopy.open(temporary.resolve(name), Fixtures.FEDERATION, ORDERER);
    copy.begin(genesis(source));
    return copy;
  }

  private static Acceptance accept(LedgerCopy copy, byte[] bytes) throws IOException {
    return copy.accept(new ByteArrayInputStream(bytes), bytes.length);
  }

  @Test
  void isTheSameByteForByte() throws Exception {
    try (LedgerCopy copy = begin("copy")) {
      assertThat(accept(copy, blocks)).isEqualTo(new Acceptance.Accepted(5));
      assertThat(copy.read(Position.FIRST, 100, Duration.ZERO)).hasSize(SmallLedger.ENTRIES);
      assertThat(copy.contains(SmallLedger.statement(3))).isTrue();
      assertThat(copy.contains(SmallLedger.statement(30))).isFalse();
    }
    assertThat(SmallLedger.bytes(temporary.resolve("copy")))
        .usingRecursiveComparison()
        .isEqualTo(SmallLedger.bytes(source));
  }

  @Test
  void takesNoBlockWithAFlippedByte() throws Exception {
    try (LedgerCopy copy = begin("copy")) {
      for (int i = 0; i < blocks.length; i++) {
        byte[] flipped = blocks.clone();
        flipped[i] ^= (byte) (1 << (i % 8));
        long known = copy.blockCount();
        if (known < 4) {
          try {
            assertThat(accept(copy, flipped))
                .as("byte %d", i)
                .isInstanceOf(Acceptance.Refused.class);
          } catch (IOException e) {
            assertThat(e).hasMessageContaining("within a block");
          }
        }
      }
      for (long height = 0; height < copy.blockCount(); height++) {
        assertThat(copy.headAt(height).orElseThrow().verify(ORDERER))
            .isEqualTo(Verification.GENUINE);
      }
    }
    assertThat(SmallLedger.verify(temporary.resolve("copy")))
        .isInstanceOf(LedgerVerdict.Sound.class);
  }

  @Test
  void keepsTheBlocksBeforeAConnectionBroke() throws Exception {
    try (LedgerCopy copy = begin("copy")) {
      byte[] broken = Arrays.copyOf(blocks, blocks.length - 10);
      assertThatThrownBy(() -> copy.accept(new ByteArrayInputStream(broken), blocks.length))
          .isInstanceOf(IOException.class);
      assertThat(copy.blockCount()).isEqualTo(4);
    }
    try (LedgerCopy copy =
        LedgerCopy.open(temporary.resolve("copy"), Fixtures.FEDERATION, ORDERER)) {
      assertThat(copy.blockCount()).isEqualTo(4);
      assertThat(copy.repaired()).isEmpty();
    }
  }

  @Test
  void takesNoBlockThatTheOrdererDidNotSign() throws Exception {
    LedgerForger.read(source).swap(5, 6).write(source);
    try (LedgerCopy copy = begin("copy")) {
      assertThat(accept(copy, blocksOf(source)))
          .isInstanceOfSatisfying(
              Acceptance.Refused.class,
              refused -> assertThat(refused.reason()).contains("not signed by the orderer"));
      assertThat(copy.blockCount()).isEqualTo(3);
    }
  }

  @Test
  void takesNoBlockTwice() throws Exception {
    try (LedgerCopy copy = begin("copy")) {
      accept(copy, blocks);
      assertThat(accept(copy, blocks)).isInstanceOf(Acceptance.Refused.class);
      assertThat(copy.blockCount()).isEqualTo(5);
    }
  }

  @Test
  void refusesAForeignGenesis() throws Exception {
    LedgerForger.read(source).writeAs(source, Fixtures.key(4));
    assertThatThrownBy(() -> begin("copy"))
        .isInstanceOfSatisfying(
            LedgerException.class,
            e -> assertThat(e.kind()).isEqualTo(LedgerException.Kind.FOREIGN));
  }

  @Test
  void goesOnAsALedgerOfItsOrderer() throws Exception {
    Path folder = temporary.resolve("copy");
    try (LedgerCopy copy = begin("copy")) {
      accept(copy, blocks);
    }
    try (FileLedger ledger =
        FileLedger.open(folder, Fixtures.FEDERATION, Fixtures.ORDERER, TestClock.of2026())) {
      ledger.append(LedgerContract.statement(100), Optional.empty());
      assertThat(ledger.blockCount()).isEqualTo(6);
    }
    assertThat(SmallLedger.verify(folder)).isInstanceOf(LedgerVerdict.Sound.class);
  }
}
