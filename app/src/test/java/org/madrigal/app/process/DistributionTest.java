package org.madrigal.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.process.Launched.Outcome;

@Tag("process")
final class DistributionTest {

  @TempDir private Path anywhere;

  @Test
  void printsItsVersionAndNothingElse() {
    try (Launched madrigal = Launched.madrigal(anywhere, "--version")) {
      Outcome outcome = madrigal.end();

      assertThat(outcome.code()).isZero();
      assertThat(outcome.out()).matches("madrigal \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
      assertThat(outcome.err()).isEmpty();
    }
  }

  @Test
  void explainsItselfWhereNoCommandIsGiven() {
    try (Launched madrigal = Launched.madrigal(anywhere)) {
      Outcome outcome = madrigal.end();

      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err()).contains("Usage: madrigal");
    }
  }
}
