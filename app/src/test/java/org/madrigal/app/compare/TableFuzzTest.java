package org.madrigal.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.app.yaml.YamlException;
import org.madrigal.core.protocol.Untrusted;

/** Tables to compare with, of bytes that nobody would write. */
@Timeout(10)
final class TableFuzzTest {

  @TempDir private Path folder;

  static Stream<byte[]> tables() {
    return Stream.of(
            """
            title: Heart
            rows:
              - {name: a, charter: c.yaml, mean: {value: 0.8, deviation: 0.1, within: 2}}
              - {name: b, charter: d.yaml, train: anna, pooled-test: {value: 1}}
            """)
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("tables")
  @FuzzTest(maxDuration = "2m")
  void aTableIsReadOrRefusedWithItsPlace(byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("table.yaml"), bytes);
    Untrusted.read(
        bytes.length,
        () -> {
          try {
            assertThat(TableFile.read(file).rows()).isNotNull();
          } catch (YamlException e) {
            assertThat(e.getMessage()).contains("table.yaml");
          }
        });
  }
}
