package org.madrigal.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.madrigal.app.yaml.YamlException;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.core.model.Normalisation;
import org.madrigal.core.model.Target;
import org.madrigal.core.protocol.Untrusted;

/** Layouts of bytes that nobody would write. */
@Timeout(10)
final class LayoutFuzzTest {

  private static final DataSpec TABLE =
      new DataSpec.Table(
          List.of(new Feature.Numeric("x")),
          new Target.Numbers(List.of("y")),
          List.of(),
          List.of(),
          MissingPolicy.REFUSE,
          Normalisation.NONE);

  @TempDir private Path folder;

  static Stream<byte[]> layouts() {
    return Stream.of(
            "members:\n  anna: {train: [a.csv], test: [{csv: b.csv, where: {site: A}}]}\n",
            "whole: {train: [{csv: a.csv, holdout: {fraction: 0.2, seed: 7}}]}\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("layouts")
  @FuzzTest(maxDuration = "2m")
  void aLayoutIsReadOrRefusedWithItsPlace(byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("layout.yaml"), bytes);
    Untrusted.read(
        bytes.length,
        () -> {
          try {
            assertThat(LayoutFile.read(file, folder, TABLE)).isNotNull();
          } catch (YamlException e) {
            assertThat(e.getMessage()).contains("layout.yaml");
          }
        });
  }
}
