package org.madrigal.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Public keys and digests of bytes and texts that anybody may have made up. */
@Timeout(10)
final class KeysFuzzTest {

  private static final VerifyingKey KEY =
      SigningKey.ofSeed(new byte[SigningKey.SEED_LENGTH]).verifyingKey();

  static Stream<byte[]> keys() {
    return Stream.of(
        KEY.encoded().toByteArray(),
        HybridKeyPair.generate(new Random(1)).publicKey().encoded().toByteArray());
  }

  static Stream<byte[]> texts() {
    return Stream.of(KEY.text(), Digest.of(new byte[1]).hex())
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static <T> void same(T encoded, Function<T, T> throughTheKey) {
    try {
      assertThat(throughTheKey.apply(encoded)).isEqualTo(encoded);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @MethodSource("keys")
  @FuzzTest(maxDuration = "2m")
  void aKeyIsReadAsItIsWrittenOrNotAtAll(byte[] bytes) {
    Bytes encoded = Bytes.copyOf(bytes);
    same(encoded, each -> VerifyingKey.of(each).encoded());
    same(encoded, each -> HybridPublicKey.of(each).encoded());
  }

  @MethodSource("texts")
  @FuzzTest(maxDuration = "2m")
  void aTextOfAKeyIsReadAsItIsWrittenOrNotAtAll(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    same(text, each -> VerifyingKey.parse(each).text());
    same(text.toLowerCase(Locale.ROOT), each -> Digest.parse(text).hex());
  }
}
