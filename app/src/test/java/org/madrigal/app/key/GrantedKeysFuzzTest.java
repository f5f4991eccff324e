package org.madrigal.app.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Untrusted;

/** Epoch keys of bytes that no member granted. */
@Timeout(10)
final class GrantedKeysFuzzTest {

  @TempDir private Path folder;

  static Stream<byte[]> grants() throws IOException {
    Path file = Files.createTempDirectory("madrigal-fuzz").resolve("keys");
    new GrantedKeys(new FederationId(Digest.of(new byte[1])), List.of(Secret.copyOf(new byte[32])))
        .write(file);
    return Stream.of(Files.readAllBytes(file));
  }

  @MethodSource("grants")
  @FuzzTest(maxDuration = "2m")
  void grantedKeysAreReadOrRefused(byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("keys"), bytes);
    Untrusted.read(
        bytes.length,
        () -> {
          try {
            assertThat(GrantedKeys.read(file).forReplay()).isNotNull();
          } catch (Failure e) {
            assertThat(e.getMessage()).contains(file.toString());
          }
        });
  }
}
