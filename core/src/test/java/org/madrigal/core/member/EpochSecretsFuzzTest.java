package org.madrigal.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Untrusted;
import org.madrigal.core.state.Stage;

/** Secrets of an epoch of bytes that no member wrote. */
@Timeout(10)
final class EpochSecretsFuzzTest {

  static Stream<byte[]> secrets() {
    return Stream.of(
            Stage.Sealing.class, Stage.Dealing.class, Stage.Masking.class, Stage.Unmasking.class)
        .map(stage ->
            new Circle(Charters.secret(Privacy.MASKED, 3, 1))
                .until(stage)
                .secrets(Charters.id(0), new EpochId(1))
                .encoded()
                .expose());
  }

  @MethodSource("secrets")
  @FuzzTest(maxDuration = "2m")
  void secretsAreReadAsTheyAreWrittenOrNotAtAll(byte[] bytes) throws Exception {
    Untrusted.read(
        bytes.length,
        () -> {
          try {
            EpochSecrets read = EpochSecrets.decode(Secret.copyOf(bytes));
            assertThat(List.of(read.encoded())).isEqualTo(List.of(Secret.copyOf(bytes)));
          } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
          }
        });
  }
}
