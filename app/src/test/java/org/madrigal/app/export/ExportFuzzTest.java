package org.madrigal.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.ModelSpec;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Shape;
import org.madrigal.core.model.TensorLayout;
import org.madrigal.core.protocol.Untrusted;

/** Exported models and their keys, of bytes that no program wrote. */
@Timeout(10)
final class ExportFuzzTest {

  private static final TensorLayout LAYOUT =
      new ModelSpec(Shape.of(2), List.of(new Layer.Linear(1, true))).layout();
  private static final Fernet KEY = Fernet.generate(new Random(1));

  static Stream<byte[]> models() {
    return Stream.of(
        SafeTensors.encode(LAYOUT, Parameters.of(1, 2, 3), Map.of("round", "3")).toByteArray());
  }

  static Stream<byte[]> tokens() {
    return Stream.of(
        KEY.encrypt(new byte[] {1, 2, 3}, Instant.EPOCH, new Random(2)).toByteArray(),
        KEY.text().getBytes(StandardCharsets.US_ASCII));
  }

  @MethodSource("models")
  @FuzzTest(maxDuration = "2m")
  void aModelIsReadOrRefused(byte[] bytes) throws Exception {
    Untrusted.read(
        bytes.length,
        () -> {
          try {
            Parameters parameters = SafeTensors.decode(Bytes.copyOf(bytes), LAYOUT).parameters();
            assertThat(parameters.length()).isEqualTo(3);
          } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
          }
        });
  }

  @MethodSource("tokens")
  @FuzzTest(maxDuration = "2m")
  void aTokenOrKeyIsReadOrRefused(byte[] bytes) throws Exception {
    Untrusted.read(
        bytes.length,
        () -> {
          assertThat(KEY.decrypt(Bytes.copyOf(bytes))).isNotNull();
          try {
            String text = new String(bytes, StandardCharsets.UTF_8);
            assertThat(Fernet.parse(text).text()).isEqualTo(text.strip());
          } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
          }
        });
  }
}
