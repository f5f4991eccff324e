package org.madrigal.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.ledger.DurableLedgerContract;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.LedgerVerdict;
import org.madrigal.ledger.LedgerVerifier;

/** The contract over real HTTP on loopback. */
final class RemoteLedgerTest extends DurableLedgerContract {

  @TempDir Path temporary;
  private Optional<Federation> federation = Optional.empty();

  @Override
  protected Ledger open() {
    if (federation.isEmpty()) {
      federation = Optional.of(Federation.serve(temporary.resolve("ledger"), clock));
    }
    return RemoteLedger.open(
        federation.get().member(Federation.ALPHA, temporary.resolve("copy")), clock);
  }

  @AfterEach
  void closeServer() {
    federation.ifPresent(Federation::close);
  }

  @Test
  void keepsTheSameFilesByteForByte() throws Exception {
    for (int i = 0; i < 30; i++) {
      ledger().append(statement(i), attachment(i));
    }
    readAll(30);
    try (Stream<Path> files = Files.list(temporary.resolve("ledger"))) {
      for (Path file : files.toList()) {
        assertThat(temporary.resolve("copy").resolve(file.getFileName()))
            .hasSameBinaryContentAs(file);
      }
    }
    assertThat(LedgerVerifier.of(temporary.resolve("copy")).verify(entry -> {}))
        .isInstanceOf(LedgerVerdict.Sound.class);
  }

  @Test
  void isCalledAsTheLedgerThatIsServed() throws IOException {
    assertThat(ledger().identity()).isEqualTo(federation.orElseThrow().ledger.identity());
  }
}
