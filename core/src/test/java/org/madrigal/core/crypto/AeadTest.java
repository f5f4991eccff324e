package org.madrigal.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class AeadTest {

  private static final Secret KEY = Vectors.secret(2, 32);
  private static final Secret PLAINTEXT =
      Secret.copyOf("a single voice".getBytes(StandardCharsets.US_ASCII));
  private static final Bytes SEALED = Aead.seal(KEY, PurposeTest.VECTOR, PLAINTEXT);

  @Test
  void sealsTheVectorAndOpensIt() {
    assertThat(SEALED).isEqualTo(new Vectors().bytes("aead"));
    assertThat(Aead.open(KEY, PurposeTest.VECTOR, SEALED)).contains(PLAINTEXT);
  }

  @Test
  void everyFlippedBitClosesIt() {
    byte[] sealed = SEALED.toByteArray();
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Aead.open(KEY, PurposeTest.VECTOR, Bytes.takeOver(flipped)))
          .as("%d", bit)
          .isEmpty();
    }
    byte[] key = KEY.expose();
    for (int bit = 0; bit < 8 * key.length; bit++) {
      byte[] flipped = key.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Aead.open(Secret.copyOf(flipped), PurposeTest.VECTOR, SEALED)).isEmpty();
    }
  }

  @Test
  void opensForItsPurposeAndAtItsLengthOnly() {
    assertThat(Aead.open(KEY, PurposeTest.VECTOR.with(0), SEALED)).isEmpty();
    for (int length = 0; length < SEALED.length(); length++) {
      assertThat(Aead.open(KEY, PurposeTest.VECTOR, SEALED.slice(0, length))).isEmpty();
    }
  }

  @Test
  void refusesKeysOfOtherLengths() {
    assertThatThrownBy(() -> Aead.seal(Vectors.secret(0, 16), PurposeTest.VECTOR, PLAINTEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bytes, not 16");
  }

  @Test
  void commitmentNamesKeyAndPurpose() {
    KeyCommitment commitment = KeyCommitment.of(KEY, PurposeTest.VECTOR);

    assertThat(commitment.value()).isEqualTo(new Vectors().bytes("commitment"));
    assertThat(commitment.verify(KEY, PurposeTest.VECTOR)).isEqualTo(Verification.GENUINE);
    assertThat(commitment.verify(KEY, PurposeTest.VECTOR.with(1))).isEqualTo(Verification.FORGED);
    byte[] key = KEY.expose();
    for (int bit = 0; bit < 8 * key.length; bit++) {
      byte[] flipped = key.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(commitment.verify(Secret.copyOf(flipped), PurposeTest.VECTOR))
          .isEqualTo(Verification.FORGED);
    }
  }
}
