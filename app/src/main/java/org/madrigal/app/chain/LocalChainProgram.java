package org.madrigal.app.chain;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;

/** Finds the program of a chain for one machine: {@code anvil}, of Foundry. */
public final class LocalChainProgram {

  /** The variable that names it. */
  public static final String VARIABLE = "MADRIGAL_ANVIL";

  private static final String NAME = "anvil";

  private LocalChainProgram() {}

  /**
   * The one that the variable names, else the first on the PATH, else that of Foundry's installer.
   *
   * @throws Failure with what to do, if there is none
   */
  public static Path find() {
    return find(System.getenv());
  }

  static Path find(Map<String, String> environment) {
    String named = environment.get(VARIABLE);
    if (named != null) {
      Path program = Path.of(named);
      if (!isProgram(program)) {
        throw new Failure(
            ExitCode.BAD_INPUT,
            "%s is %s, which is no program; point it at anvil, or unset it."
                .formatted(VARIABLE, named));
      }
      return program.toAbsolutePath();
    }
    Stream<Path> onPath =
        Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, NAME));
    Stream<Path> atHome =
        Optional.ofNullable(environment.get("HOME")).stream()
            .map(home -> Path.of(home, ".foundry", "bin", NAME));
    return Stream.concat(onPath, atHome)
        .filter(LocalChainProgram::isProgram)
        .findFirst()
        .map(Path::toAbsolutePath)
        .orElseThrow(() ->
            new Failure(
                ExitCode.BAD_INPUT,
                "No chain for one machine is installed: there is no anvil on the PATH. Get it from https://getfoundry.sh or with 'npm install --global @foundry-rs/anvil', or name one in %s."
                    .formatted(VARIABLE)));
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
