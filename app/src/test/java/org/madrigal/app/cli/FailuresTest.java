package org.madrigal.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.madrigal.ledger.LedgerException;
import org.madrigal.node.disk.NodeException;

class FailuresTest {

  @Test
  void tellsAFullDiskFromOtherTroubles() {
    assertThat(code(new IOException("No space left on device"))).isEqualTo(ExitCode.STORAGE);
    assertThat(code(new LedgerException(LedgerException.Kind.FULL, "Full")))
        .isEqualTo(ExitCode.STORAGE);
    assertThat(code(new NodeException(NodeException.Kind.DISK, "Full")))
        .isEqualTo(ExitCode.STORAGE);
    assertThat(code(new UncheckedIOException(new NoSuchFileException("x"))))
        .isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void everyKindOfFailureEndsInASentence() {
    for (LedgerException.Kind kind : LedgerException.Kind.values()) {
      Failure failure = Failures.of(new LedgerException(kind, "It failed")).orElseThrow();
      assertThat(failure.sentence()).isEqualTo("It failed.");
    }
    for (NodeException.Kind kind : NodeException.Kind.values()) {
      assertThat(Failures.of(new NodeException(kind, "It failed."))).isPresent();
    }
  }

  @Test
  void takesWhatItDoesNotKnowForADefect() {
    assertThat(Failures.of(new IllegalStateException("x"))).isEmpty();
  }

  private static ExitCode code(Exception e) {
    return Failures.of(e).orElseThrow().exitCode();
  }
}
