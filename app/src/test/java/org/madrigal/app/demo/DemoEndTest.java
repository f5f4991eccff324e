package org.madrigal.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.app.process.Launched;
import org.madrigal.app.process.Launched.Outcome;

/** However the demo ends, no process outlives it. */
@Tag("process")
final class DemoEndTest {

  private static final Pattern PROCESS = Pattern.compile("process of its own \\((\\d+)\\)");

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>(System.getenv());

  @BeforeEach
  void takeAFolderForTemporaryFiles() {
    environment.put("MADRIGAL_JAVA_OPTS", "-Djava.io.tmpdir=" + folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Four hospitals",
        "Together",
        "round   1/15",
        "kill -9",
        "is back",
        "round  10/15"
      })
  void isInGoodOrderAtCtrlCAndLeavesNothing(String moment) {
    try (Launched demo = start()) {
      demo.awaitOut(line -> line.contains(moment));
      Outcome outcome = demo.interrupt();

      assertThat(outcome.code()).as("%s", outcome).isEqualTo(130);
      assertThat(outcome.err()).isEmpty();
      assertThat(folder).isEmptyDirectory();
      PROCESS
          .matcher(outcome.out())
          .results()
          .forEach(found -> assertGone(Long.parseLong(found.group(1))));
    }
  }

  @Test
  void takesItsHospitalAlongAtKill9() {
    try (Launched demo = start()) {
      Matcher found = PROCESS.matcher(demo.awaitOut(line -> PROCESS.matcher(line).find()));
      assertThat(found.find()).isTrue();
      demo.awaitOut(line -> line.contains("round   2/15"));
      demo.kill();

      assertGone(Long.parseLong(found.group(1)));
    }
  }

  private Launched start() {
    return Launched.start(Launched.repository().resolve("madrigal"), folder, environment, "demo");
  }

  private static void assertGone(long pid) {
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::onExit))
        .satisfiesAnyOf(
            gone -> assertThat(gone).isEmpty(),
            alive ->
                assertThat(alive.orElseThrow())
                    .succeedsWithin(Launched.PATIENCE.toSeconds(), TimeUnit.SECONDS));
  }
}
