package org.madrigal.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SigningKeyTest {

  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /** RFC 8032, section 7.1, tests 1 to 3. */
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,"
        + "'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,"
        + "72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,"
        + "af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void signsAsTheStandardSays(String seed, String publicKey, String message, String signature) {
    SigningKey key = SigningKey.ofSeed(HexFormat.of().parseHex(seed));
    byte[] bytes = HexFormat.of().parseHex(message);

    assertThat(key.verifyingKey().encoded().hex()).isEqualTo(publicKey);
    assertThat(key.sign(bytes).value().hex()).isEqualTo(signature);
    assertThat(key.verifyingKey().verify(bytes, key.sign(bytes))).isEqualTo(Verification.GENUINE);
  }

  @Test
  void agreesWithTheJdkOnGenuineAndForgedSignatures() throws Exception {
    Random random = new Random(11);
    for (int i = 0; i < 40; i++) {
      SigningKey key = SigningKey.generate(random);
      byte[] message = new byte[random.nextInt(200)];
      random.nextBytes(message);
      byte[] signature = key.sign(message).value().toByteArray();
      if (i % 2 == 1) {
        signature[random.nextInt(signature.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Verification ours =
          key.verifyingKey().verify(message, new Signature(Bytes.copyOf(signature)));

      assertThat(ours).isEqualTo(i % 2 == 0 ? Verification.GENUINE : Verification.FORGED);
      assertThat(ours == Verification.GENUINE).isEqualTo(jdkVerifies(key, message, signature));
    }
  }

  @Test
  void everyFlippedBitForgesTheSignature() {
    SigningKey key = SigningKey.ofSeed(new byte[32]);
    byte[] message = {1, 2, 3};
    byte[] signature = key.sign(message).value().toByteArray();
    for (int bit = 0; bit < 8 * signature.length; bit++) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(key.verifyingKey().verify(message, new Signature(Bytes.copyOf(flipped))))
          .as("bit %d", bit)
          .isEqualTo(Verification.FORGED);
    }
  }

  @Test
  void refusesPublicKeysOfSmallOrder() {
    Bytes identity = Bytes.ofHex("01" + "00".repeat(31));
    assertThatThrownBy(() -> VerifyingKey.of(identity))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not the public key");
  }

  @Test
  void textFormReadsBackAndToleratesNothingElse() {
    VerifyingKey key = SigningKey.ofSeed(new byte[32]).verifyingKey();
    assertThat(VerifyingKey.parse(key.text())).isEqualTo(key);
    for (String wrong : new String[] {"", "ed25519:", "rsa:abc", key.text() + "=", "ed25519:*"}) {
      assertThatThrownBy(() -> VerifyingKey.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void neverShowsTheSeed() {
    byte[] seed = new byte[32];
    new Random(5).nextBytes(seed);
    SigningKey key = SigningKey.ofSeed(seed);
    assertThat(key.toString()).doesNotContain(HexFormat.of().formatHex(seed));
    assertThat(key.toString()).contains(key.verifyingKey().text());
  }

  private static boolean jdkVerifies(SigningKey key, byte[] message, byte[] signature)
      throws Exception {
    byte[] encoded = new byte[X509_PREFIX.length + VerifyingKey.LENGTH];
    System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
    byte[] point = key.verifyingKey().encoded().toByteArray();
    System.arraycopy(point, 0, encoded, X509_PREFIX.length, point.length);
    PublicKey jdkKey =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    java.security.Signature verifier = java.security.Signature.getInstance("Ed25519");
    verifier.initVerify(jdkKey);
    verifier.update(message);
    try {
      return verifier.verify(signature);
    } catch (java.security.SignatureException e) {
      return false;
    }
  }
}
