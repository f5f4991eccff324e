package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.Decoding;

final class EquivocationTest {

  private static final VerifyingKey ORDERER = Fixtures.ORDERER.verifyingKey();

  @TempDir Path temporary;

  /** The head of block 1 of a ledger whose second statement is {@code number}. */
  private SignedHead head(int number) throws InterruptedException {
    try (FileLedger ledger =
        FileLedger.open(
            temporary.resolve("ledger-" + number),
            Fixtures.FEDERATION,
            Fixtures.ORDERER,
            TestClock.of2026())) {
      ledger.append(LedgerContract.statement(0), Optional.empty());
      ledger.append(LedgerContract.statement(number), Optional.empty());
      assertThat(ledger.blocks(2, 1, Duration.ZERO)).isEmpty();
      return ledger.headAt(1).orElseThrow();
    }
  }

  @Test
  void provesTwoHistories() throws Exception {
    Equivocation proof = Equivocation.of(ORDERER, head(1), head(2)).orElseThrow();
    assertThat(Equivocation.parse(proof.text())).isEqualTo(new Decoding.Decoded<>(proof));
  }

  @Test
  void isNoProofWhereTheHeadsAgreeOrLieApart() throws Exception {
    assertThat(Equivocation.of(ORDERER, head(1), head(1))).isEmpty();
    assertThatThrownBy(() -> new Equivocation(ORDERER, head(1), head(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isNoProofAgainstAnotherOrderer() throws Exception {
    VerifyingKey other = Fixtures.key(7).verifyingKey();
    assertThat(Equivocation.of(other, head(1), head(2))).isEmpty();
    SignedHead one = head(3);
    SignedHead two = head(4);
    assertThatThrownBy(() -> new Equivocation(other, one, two))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isNoProofWithAnyCharacterChanged() throws Exception {
    String text = Equivocation.of(ORDERER, head(1), head(2)).orElseThrow().text();
    for (int i = 0; i < text.length(); i += 3) {
      char changed = text.charAt(i) == '0' ? '1' : '0';
      String forged = text.substring(0, i) + changed + text.substring(i + 1);
      assertThat(Equivocation.parse(forged))
          .as("character %d", i)
          .isInstanceOf(Decoding.Malformed.class);
    }
    assertThat(Equivocation.parse("")).isInstanceOf(Decoding.Malformed.class);
    assertThat(Equivocation.parse(text + "\n")).isInstanceOf(Decoding.Malformed.class);
  }

  @Test
  void carriesASignedHeadAsBytes() throws Exception {
    SignedHead head = head(1);
    assertThat(SignedHead.decode(head.encode())).isEqualTo(new Decoding.Decoded<>(head));
    assertThat(head.verify(ORDERER)).isEqualTo(Verification.GENUINE);
    byte[] bytes = head.encode().toByteArray();
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 1;
      switch (SignedHead.decode(Bytes.takeOver(flipped))) {
        case Decoding.Decoded<SignedHead>(SignedHead forged) ->
            assertThat(forged.verify(ORDERER)).as("byte %d", i).isEqualTo(Verification.FORGED);
        case Decoding.Malformed<SignedHead> malformed ->
            assertThat(malformed.reason()).isNotEmpty();
      }
    }
  }
}
