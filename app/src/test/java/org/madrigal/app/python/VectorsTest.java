package org.madrigal.app.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.madrigal.app.process.Launched;

/**
 * The vectors of core's tests are what their scripts write, today as on the day they were written.
 */
@Tag("python")
final class VectorsTest {

  private static final String SCRIPTS = "core/src/test/python";
  private static final Path VECTORS =
      Launched.repository().resolve("core/src/test/resources/org/madrigal/core");

  /** Each script and the file that it writes. */
  private static final Map<String, String> FILES =
      Map.of(
          "statement_vectors.py", "protocol/statements.csv",
          "handover_vectors.py", "protocol/handovers.csv",
          "secagg_vectors.py", "secagg/vectors.properties",
          "robust_vectors.py", "robust/vectors.csv");

  @Test
  void areWrittenAgainByteForByte() throws IOException {
    Map<String, String> committed = new TreeMap<>();
    Map<String, String> written = new TreeMap<>();
    for (Map.Entry<String, String> each : FILES.entrySet()) {
      committed.put(each.getKey(), Files.readString(VECTORS.resolve(each.getValue())));
      written.put(each.getKey(), Python.run(SCRIPTS + "/" + each.getKey()));
    }

    assertThat(written).isEqualTo(committed);
  }

  @Test
  void areAllKnownHere() throws IOException {
    try (Stream<Path> scripts = Files.list(Launched.repository().resolve(SCRIPTS))) {
      assertThat(scripts.map(script -> script.getFileName().toString()))
          .filteredOn(name -> name.endsWith("_vectors.py"))
          .containsExactlyInAnyOrderElementsOf(FILES.keySet());
    }
  }
}
