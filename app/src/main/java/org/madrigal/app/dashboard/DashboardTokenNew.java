package org.madrigal.app.dashboard;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.web.Token;
import org.madrigal.app.web.TokenFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dashboard token new}: makes a token. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = {
      "Make a token, print it once, and keep its SHA-256 with a name and a date in a file.",
      "A dashboard that runs takes it at once."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal dashboard token new --tokens dashboard.tokens --name grafana",
      "  madrigal dashboard token new --tokens dashboard.tokens --name visitor --days 1",
      "",
      "Exit codes: 0 ok, 2 wrong command line, 4 the file is wrong or has the name already."
    })
final class DashboardTokenNew implements Callable<Integer> {

  private static final int MOST_DAYS = 3_660;

  @Mixin private Output output;

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      required = true,
      description = "The file; it comes into being if it is not there.")
  private Path file;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "Whose it is: 1 to 40 letters, digits, dots, hyphens and underscores.")
  private String name;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "After how many days it is worth nothing. Default: ${DEFAULT-VALUE}.")
  private int days = 90;

  @Override
  public Integer call() {
    if (days < 1 || days > MOST_DAYS) {
      throw new Failure(
          ExitCode.USAGE, "--days is a number from 1 to %d, not %d.".formatted(MOST_DAYS, days));
    }
    String text = Token.draw(new SecureRandom());
    Token token;
    try {
      token =
          Token.of(
              name,
              text,
              InstantSource.system()
                  .instant()
                  .truncatedTo(ChronoUnit.SECONDS)
                  .plus(Duration.ofDays(days)));
      TokenFile.add(file, token);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.BAD_INPUT, e.getMessage() + ".", e);
    }
    output.result(
        Json.object()
            .put("token", text)
            .put("name", name)
            .put("expires", token.expires().toString())
            .put("file", file.toString())
            .map(),
        out -> {
          out.println(text);
          output.warn(
              "This is the only time that the token is shown; it is good until %s."
                  .formatted(token.expires()));
        });
    return ExitCode.OK.code();
  }
}
