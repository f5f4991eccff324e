package org.madrigal.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PairKeysTest {

  private static final Digest CONTEXT = Digest.of("context".getBytes(StandardCharsets.US_ASCII));
  private static final HybridKeyPair A = HybridKeyPair.ofSeed(Vectors.secret(3, 96));
  private static final HybridKeyPair B = HybridKeyPair.ofSeed(Vectors.secret(4, 96));
  private static final Encapsulation MADE =
      HybridKeyPair.encapsulate(B.publicKey(), new PresetGenerator(PresetGenerator.pattern(9, 32)));

  @Test
  void bothEndsDeriveTheVector() {
    Vectors vectors = new Vectors();
    Secret ofA = PairKeys.ofEncapsulator(A, B.publicKey(), MADE, CONTEXT);
    Secret ofB = PairKeys.ofDecapsulator(B, A.publicKey(), MADE.ciphertext(), CONTEXT);

    assertThat(A.publicKey().encoded()).isEqualTo(vectors.bytes("pair.publicA"));
    assertThat(B.publicKey().encoded()).isEqualTo(vectors.bytes("pair.publicB"));
    assertThat(MADE.ciphertext()).isEqualTo(vectors.bytes("pair.ciphertext"));
    for (Secret secret : new Secret[] {ofA, ofB}) {
      assertThat(secret.expose()).isEqualTo(vectors.bytes("pair.secret").toByteArray());
    }
  }

  /** RFC 7748, section 5.2: the result becomes the key, the key the coordinate. */
  @Test
  void x25519IteratesAsTheStandardSays() {
    byte[] key = new byte[32];
    key[0] = 9;
    Bytes coordinate = Bytes.copyOf(key);
    for (int i = 1; i <= 1000; i++) {
      Bytes next = Bytes.takeOver(X25519.agree(Secret.copyOf(key), coordinate).expose());
      coordinate = Bytes.takeOver(key);
      key = next.toByteArray();
      if (i == 1) {
        assertThat(next.hex())
            .isEqualTo("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
      }
    }
    assertThat(Bytes.takeOver(key).hex())
        .isEqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
  }

  @Test
  void everyFlippedByteOfTheCiphertextGivesAnotherSecret() {
    Secret ofA = PairKeys.ofEncapsulator(A, B.publicKey(), MADE, CONTEXT);
    byte[] ciphertext = MADE.ciphertext().toByteArray();
    for (int at = 0; at < ciphertext.length; at += 7) {
      byte[] flipped = ciphertext.clone();
      flipped[at] ^= 1;
      assertThat(PairKeys.ofDecapsulator(B, A.publicKey(), Bytes.takeOver(flipped), CONTEXT))
          .isNotEqualTo(ofA);
    }
  }

  @Test
  void secretHangsOnContextAndEnds() {
    Secret ofA = PairKeys.ofEncapsulator(A, B.publicKey(), MADE, CONTEXT);
    HybridPublicKey other = HybridKeyPair.generate(new Random(1)).publicKey();

    assertThat(PairKeys.ofDecapsulator(B, A.publicKey(), MADE.ciphertext(), CONTEXT))
        .isEqualTo(ofA);
    assertThat(PairKeys.ofDecapsulator(B, A.publicKey(), MADE.ciphertext(), Digest.of(new byte[0])))
        .isNotEqualTo(ofA);
    assertThat(PairKeys.ofDecapsulator(B, other, MADE.ciphertext(), CONTEXT)).isNotEqualTo(ofA);
  }

  @Test
  void keyPairIsAFunctionOfItsSeed() {
    HybridKeyPair drawn = HybridKeyPair.generate(new Random(5));
    HybridKeyPair restored = HybridKeyPair.ofSeed(drawn.seed());

    assertThat(restored.publicKey()).isEqualTo(drawn.publicKey());
    assertThat(HybridKeyPair.generate(new Random(5)).publicKey()).isEqualTo(drawn.publicKey());
    assertThat(HybridKeyPair.generate(new Random(6)).publicKey()).isNotEqualTo(drawn.publicKey());
    assertThat(HybridPublicKey.of(drawn.publicKey().encoded())).isEqualTo(drawn.publicKey());
  }

  /** The points whose order divides 8, on the curve and on its twist; see {@code X25519}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void refusesPointsOfSmallOrder(String point) {
    assertThatThrownBy(() -> HybridPublicKey.of(withX25519(point)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("small order");
    assertThatThrownBy(() -> X25519.agree(Vectors.secret(1, 32), Bytes.ofHex(point)))
        .as("the platform agrees")
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0900000000000000000000000000000000000000000000000000000000000080",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void refusesCoordinatesThatAreNotCanonical(String coordinate) {
    assertThatThrownBy(() -> HybridPublicKey.of(withX25519(coordinate)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("canonically");
  }

  @Test
  void refusesCoefficientsBeyondTheModulus() {
    byte[] encoded = A.publicKey().encoded().toByteArray();
    byte[] even = encoded.clone();
    even[32] = (byte) (3329 & 0xff);
    even[33] = (byte) ((even[33] & 0xf0) | (3329 >> 8));
    byte[] odd = encoded.clone();
    odd[32 + 1150] |= (byte) 0xf0;
    odd[32 + 1151] = (byte) 0xff;

    for (byte[] wrong : new byte[][] {even, odd}) {
      assertThatThrownBy(() -> HybridPublicKey.of(Bytes.takeOver(wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("coefficient of 3329 or more");
    }
    assertThatThrownBy(() -> HybridPublicKey.of(Bytes.copyOf(encoded, 0, encoded.length - 1)))
        .hasMessageContaining("1216 bytes, not 1215");
  }

  @Test
  void refusesItselfAsPeer() {
    assertThatThrownBy(() -> PairKeys.ofEncapsulator(B, B.publicKey(), MADE, CONTEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("with itself");
  }

  private static Bytes withX25519(String point) {
    return Bytes.ofHex(point + A.publicKey().mlKem().hex());
  }
}
