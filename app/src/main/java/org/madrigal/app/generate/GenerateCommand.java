package org.madrigal.app.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.madrigal.app.cli.EmptyFolder;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code generate}: makes up data in the form that an example reads. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = "Make up data in the form of one of the examples, the same for the same seed.",
    footer = {
      "",
      "Kinds: hospitals (as the demo makes them up), heart-disease, credit,",
      "  machine-failure, mnist (smaller and simpler), network. The figures of made-up",
      "  data say nothing about real ones.",
      "",
      "Examples:",
      "  madrigal generate network numbers",
      "  madrigal simulate examples/network-10-128-64-10/network.yaml --data numbers",
      "",
      "Exit codes: 0 done, 2 no such kind, 14 the folder is not empty."
    })
public final class GenerateCommand implements Callable<Integer> {

  @Mixin private Output output;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "KIND", description = "Which data; see below.")
  private String kind;

  @Parameters(index = "1", paramLabel = "DIR", description = "Where to; empty or not there yet.")
  private Path folder;

  @Option(names = "--seed", paramLabel = "N", description = "What is drawn from (default 1).")
  private long seed = 1;

  /** Filled in by picocli. */
  public GenerateCommand() {}

  @Override
  public Integer call() throws IOException {
    Generated generated =
        Arrays.stream(Generated.values())
            .filter(each -> each.kind().equals(kind))
            .findFirst()
            .orElseThrow(() ->
                new ParameterException(
                    spec.commandLine(),
                    "There is no kind '%s'; the kinds are %s.".formatted(kind, Generated.kinds())));
    generated.write(EmptyFolder.at(folder), seed);
    output.result(
        Json.object().put("kind", kind).put("folder", folder.toString()).put("seed", seed).map(),
        out -> out.printf("Made-up data of the kind '%s' are in %s.%n", kind, folder));
    return ExitCode.OK.code();
  }
}
