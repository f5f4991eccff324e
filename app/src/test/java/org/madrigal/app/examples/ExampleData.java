package org.madrigal.app.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.madrigal.app.generate.Generated;
import org.madrigal.app.process.Launched;

/**
 * The data of an example: real where the variable MADRIGAL_DATA, or else the folder shared/data
 * beside the repository, has them; otherwise made up, which is said loudly.
 *
 * @param folder where they are
 * @param real whether published figures can be expected of them
 */
public record ExampleData(Path folder, boolean real) {

  private static final String VARIABLE = "MADRIGAL_DATA";

  /**
   * Finds or makes up data.
   *
   * @param name the folder of the real data
   * @param kind what to make up instead
   * @param scratch where to make it up
   */
  public static ExampleData of(String name, Generated kind, Path scratch) throws IOException {
    Path real = root().resolve(name);
    if (Files.isDirectory(real)) {
      return new ExampleData(real, true);
    }
    System.err.printf(
        "WARNING: there are no real data in %s (set %s): this test runs on made-up data and expects"
            + " little of them.%n",
        real, VARIABLE);
    kind.write(scratch, 1);
    return new ExampleData(scratch, false);
  }

  private static Path root() {
    return Optional.ofNullable(System.getenv(VARIABLE))
        .or(() -> Optional.ofNullable(System.getProperty(VARIABLE)))
        .map(Path::of)
        .orElseGet(() -> Launched.repository().resolve("../shared/data"))
        .toAbsolutePath()
        .normalize();
  }

  /** A file of an example. */
  public static Path example(String file) {
    return Launched.repository().resolve("examples").resolve(file);
  }
}
