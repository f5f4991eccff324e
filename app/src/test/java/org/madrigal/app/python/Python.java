package org.madrigal.app.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.madrigal.app.process.Launched;
import org.madrigal.app.process.Launched.Outcome;

/** The environment that {@code ./madrigal test python} makes. */
final class Python {

  private Python() {}

  /** The interpreter. */
  static Path program() {
    Path program = Launched.repository().resolve("app/target/python/bin/python");
    assertThat(program).as("run './madrigal test python', which makes it").isExecutable();
    return program;
  }

  /**
   * Runs a script, which must end well.
   *
   * @param script relative to the repository
   * @return what it printed
   */
  static String run(String script, Object... arguments) {
    Path program = program();
    String[] words =
        Stream.concat(
                Stream.of(Launched.repository().resolve(script).toString()),
                Stream.of(arguments).map(Object::toString))
            .toArray(String[]::new);
    try (Launched python = Launched.start(program, Launched.repository(), Map.of(), words)) {
      Outcome outcome = python.end();
      assertThat(outcome.code()).as("%s", outcome).isZero();
      return outcome.out();
    }
  }
}
