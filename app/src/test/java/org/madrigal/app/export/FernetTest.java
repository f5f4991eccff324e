package org.madrigal.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.core.crypto.Bytes;

/** The vectors are generate.json, verify.json and invalid.json of github.com/fernet/spec. */
class FernetTest {

  private static final Fernet KEY = Fernet.parse("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=");
  private static final String TOKEN =
      "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";

  @Test
  void generatesTheTokenOfTheSpecification() {
    byte[] iv = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

    Bytes token = KEY.encrypt(ascii("hello"), Instant.ofEpochSecond(499162800), fixed(iv));

    assertThat(new String(token.toByteArray(), StandardCharsets.US_ASCII)).isEqualTo(TOKEN);
  }

  @Test
  void verifiesTheTokenOfTheSpecification() {
    assertThat(KEY.decrypt(bytes(TOKEN)))
        .hasValueSatisfying(m -> assertThat(m).isEqualTo(ascii("hello")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // incorrect mac
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==",
        // too short
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA==",
        // invalid base64
        "%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==",
        // payload size not multiple of block size
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm",
        // payload padding error
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==",
        // incorrect IV (causes padding error)
        "gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ=="
      })
  void refusesTheInvalidTokensOfTheSpecification(String token) {
    assertThat(KEY.decrypt(bytes(token))).isEmpty();
  }

  @Test
  void opensWhatItClosedAndNothingElse() {
    Random random = new Random(1);
    Fernet key = Fernet.parse(Fernet.generate(random).text());
    byte[] message = new byte[1000];
    random.nextBytes(message);

    Bytes token = key.encrypt(message, Instant.EPOCH, random);

    assertThat(key.decrypt(token)).hasValueSatisfying(m -> assertThat(m).isEqualTo(message));
    assertThat(KEY.decrypt(token)).isEmpty();
  }

  @Test
  void refusesEveryChangedCharacter() {
    byte[] token = bytes(TOKEN).toByteArray();
    for (int i = 0; i < token.length; i++) {
      byte[] changed = token.clone();
      changed[i] = (byte) (changed[i] == 'A' ? 'B' : 'A');

      assertThat(KEY.decrypt(Bytes.copyOf(changed))).as("character %d", i).isEmpty();
    }
  }

  @Test
  void refusesKeysInAnotherFormWithoutRepeatingThem() {
    assertThatThrownBy(() -> Fernet.parse("secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A Fernet key is 32 bytes in URL-safe Base64, 44 characters");
    assertThat(KEY).hasToString("Fernet[secret]");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Bytes bytes(String text) {
    return Bytes.copyOf(ascii(text));
  }

  private static RandomGenerator fixed(byte[] bytes) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new IllegalStateException("Only bytes are drawn here");
      }

      @Override
      public void nextBytes(byte[] target) {
        System.arraycopy(bytes, 0, target, 0, target.length);
      }
    };
  }
}
