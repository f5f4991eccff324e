package org.madrigal.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Heads of texts that nobody noted down. */
@Timeout(10)
final class HeadFuzzTest {

  static Stream<byte[]> heads() {
    return Stream.of("ab".repeat(32), "17:" + "ab".repeat(32))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("heads")
  @FuzzTest(maxDuration = "2m")
  void aHeadIsParsedOrRefused(byte[] bytes) {
    try {
      assertThat(ExpectedHead.parse(new String(bytes, StandardCharsets.UTF_8))).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
