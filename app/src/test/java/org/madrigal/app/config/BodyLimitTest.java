package org.madrigal.app.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.app.fixture.Federation;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.state.MaskedCoding;
import org.madrigal.core.state.SlotCoding;
import org.madrigal.core.state.SlotTask;

/** The server takes every body that a member may have to send. */
final class BodyLimitTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 1_000_000})
  void coversMaskedUpdatesAndTheLongestStatement(int outputs) {
    Charter charter =
        CharterFile.read(
                "c.yaml",
                CharterTexts.HOSPITALS
                    .replace("none", "masked")
                    .replace("minimum: 3", "secrecy: {bits: 17}")
                    .replace(
                        "- linear: {out: 1}",
                        "- linear: {out: %d}\n    - linear: {out: 1}".formatted(outputs)))
            .charter(id -> Federation.keyOf(id.value()).verifyingKey());
    MaskedCoding coding = new MaskedCoding(charter);

    assertThat(BodyLimit.of(charter))
        .isGreaterThan(
            coding.ring().packedLength(coding.length()) + 2L * SignedStatement.MAX_LENGTH);
  }

  /** What lies with the members need not come through the ledger's server. */
  @Test
  void isSmallWhereLargeAttachmentsLieElsewhere() {
    String large =
        CharterTexts.HOSPITALS.replace(
            "- linear: {out: 1}", "- linear: {out: 1000000}\n    - linear: {out: 1}");
    Charter all =
        CharterFile.read("c.yaml", large)
            .charter(id -> Federation.keyOf(id.value()).verifyingKey());
    Charter few =
        CharterFile.read("c.yaml", large + "attachments: {on-ledger-up-to: 64 KiB}\n")
            .charter(id -> Federation.keyOf(id.value()).verifyingKey());

    assertThat(BodyLimit.of(few))
        .isBetween(65_536L + 2L * SignedStatement.MAX_LENGTH, 2L * 1024 * 1024)
        .isLessThan(BodyLimit.of(all));
    assertThat(BodyLimit.largest(few))
        .isEqualTo(BodyLimit.largest(all))
        .isGreaterThanOrEqualTo(4L * few.layout().length());
  }

  /** A small model of many classes: the confusion is far larger than the parameters. */
  @Test
  void coversMaskedCountsThatAreLargerThanTheModel() {
    String names = IntStream.range(0, 1024).mapToObj(i -> "c" + i).collect(joining(", "));
    Charter charter =
        CharterFile.read(
                "c.yaml",
                CharterTexts.HOSPITALS
                    .replace("none", "masked")
                    .replace("minimum: 3", "secrecy: {bits: 8}")
                    .replace("rounds: 15", "rounds: 15\n  evaluation: true")
                    .replace(
                        "{above: {column: num, threshold: 0}}",
                        "{classes: {column: num, names: [%s]}}".formatted(names))
                    .replace("binary-cross-entropy", "cross-entropy")
                    .replace("out: 1}", "out: 1024}"))
            .charter(id -> Federation.keyOf(id.value()).verifyingKey());
    SlotCoding coding = SlotCoding.of(charter, new SlotTask.Evaluation(new RoundId(16)));

    assertThat(coding.length()).isGreaterThan(1024 * 1024);
    assertThat(BodyLimit.of(charter))
        .isGreaterThan(
            coding.ring().packedLength(coding.length()) + 2L * SignedStatement.MAX_LENGTH);
  }
}
