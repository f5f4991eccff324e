package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.madrigal.core.crypto.VerifyingKey;

/** A member is killed, or its power fails, at every operation of its disk while it copies. */
final class LedgerCopyCrashTest {

  private static final VerifyingKey ORDERER = Fixtures.ORDERER.verifyingKey();
  private static final int ANSWER = 500;

  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource(DyingDisk.Loss.class)
  void goesOnWhereItWas(DyingDisk.Loss loss) throws Exception {
    Path source = temporary.resolve("source");
    SmallLedger.write(source);
    try (FileLedger ledger =
        FileLedger.open(source, Fixtures.FEDERATION, Fixtures.ORDERER, TestClock.of2026())) {
      int deaths = 0;
      while (diesAfter(deaths, ledger, loss)) {
        deaths++;
      }
      assertThat(deaths).isGreaterThan(30);
    }
  }

  /** Copies on a disk that dies, then again on one that does not; says whether the first died. */
  private boolean diesAfter(int operations, FileLedger source, DyingDisk.Loss loss)
      throws Exception {
    Path folder = temporary.resolve("copy-" + operations);
    DyingDisk disk = new DyingDisk(operations);
    boolean died = false;
    try (LedgerCopy copy = LedgerCopy.open(folder, Fixtures.FEDERATION, ORDERER, disk)) {
      follow(copy, source);
    } catch (DyingDisk.Death e) {
      died = true;
    }
    disk.lose(loss);
    try (LedgerCopy copy = LedgerCopy.open(folder, Fixtures.FEDERATION, ORDERER)) {
      follow(copy, source);
    }
    assertThat(SmallLedger.bytes(folder))
        .as("after %d operations", operations)
        .usingRecursiveComparison()
        .isEqualTo(SmallLedger.bytes(temporary.resolve("source")));
    return died;
  }

  /** Does what a member does over HTTP: a few blocks with each answer, until there are no more. */
  private static void follow(LedgerCopy copy, FileLedger source)
      throws IOException, InterruptedException {
    if (!copy.begun()) {
      copy.begin(source.genesis());
    }
    Optional<BlockRange> blocks = source.blocks(copy.blockCount(), ANSWER, Duration.ZERO);
    while (blocks.isPresent()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      blocks.get().writeTo(bytes);
      assertThat(copy.accept(new ByteArrayInputStream(bytes.toByteArray()), bytes.size()))
          .isInstanceOf(LedgerCopy.Acceptance.Accepted.class);
      blocks = source.blocks(copy.blockCount(), ANSWER, Duration.ZERO);
    }
  }
}
