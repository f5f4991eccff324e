package org.madrigal.app.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.madrigal.app.process.Launched;
import org.madrigal.app.process.Launched.Outcome;

/** The tests of the Python package, in the environment of the stage. */
@Tag("python")
final class PackageTest {

  @Test
  void passesItsOwnTests() {
    Path folder = Launched.repository().resolve("python");
    String[] words = {"-m", "pytest", "-q", "-p", "no:cacheprovider"};
    Map<String, String> environment = Map.of("PYTHONDONTWRITEBYTECODE", "1");
    try (Launched pytest = Launched.start(Python.program(), folder, environment, words)) {
      Outcome outcome = pytest.end();
      assertThat(outcome.code()).as("%s", outcome).isZero();
    }
  }
}
