package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;

/** A process that writes to a ledger is ended by SIGKILL, again and again. */
@Timeout(120)
final class KilledWriterTest {

  /** Appends statements from a number on for ever and says which ones were acknowledged. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws InterruptedException {
      FileLedger ledger =
          FileLedger.open(
              Path.of(arguments[0]),
              Fixtures.FEDERATION,
              Fixtures.ORDERER,
              InstantSource.system(),
              4000,
              Disk.real());
      for (int number = Integer.parseInt(arguments[1]); ; number++) {
        ledger.append(LedgerContract.statement(number), LedgerContract.attachment(number));
        System.out.println(number);
      }
    }
  }

  @Test
  void losesNothingThatItAcknowledged(@TempDir Path folder) throws Exception {
    int acknowledged = -1;
    for (int round = 0; round < 3; round++) {
      acknowledged = writeAndKill(folder, acknowledged + 1, 40);
      try (FileLedger ledger =
          FileLedger.open(folder, Fixtures.FEDERATION, Fixtures.ORDERER, InstantSource.system())) {
        long entries = ledger.head().orElseThrow().head().position().value();
        assertThat(entries).isBetween(acknowledged + 1L, acknowledged + 2L);
        for (int number = 0; number <= acknowledged; number++) {
          assertThat(ledger.read(new Position(number), 1, Duration.ZERO))
              .first()
              .extracting(Entry::statement)
              .isEqualTo(LedgerContract.statement(number));
        }
      }
      assertThat(LedgerVerifier.of(folder).verify(entry -> {}))
          .isInstanceOf(LedgerVerdict.Sound.class);
    }
  }

  /** Lets a process write from {@code first} on; returns the last number acknowledged. */
  private static int writeAndKill(Path folder, int first, int count) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString(),
                Integer.toString(first))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int last = first - 1;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line : lines.lines().limit(count).toList()) {
        last = Integer.parseInt(line);
      }
      assertThat(process.toHandle().destroyForcibly()).isTrue();
      for (String line : lines.lines().toList()) {
        last = Integer.parseInt(line);
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(last).isGreaterThanOrEqualTo(first + count - 1);
    return last;
  }
}
