package org.madrigal.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.config.CharterTexts;
import org.madrigal.app.fixture.Federation;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.state.MaskedCoding;

/** The server takes every body that a member may have to send. */
final class MaxBodyTest {

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

    assertThat(CharterAdmission.maxBody(charter))
        .isGreaterThan(
            coding.ring().packedLength(coding.length()) + 2L * SignedStatement.MAX_LENGTH);
  }
}
