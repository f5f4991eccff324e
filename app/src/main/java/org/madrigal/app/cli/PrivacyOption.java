package org.madrigal.app.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.Privacy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The mixin of commands whose user chooses who may see single updates. */
public final class PrivacyOption {

  @Option(
      names = "--privacy",
      paramLabel = "WHO",
      description =
          "Who may see single updates: masked, nobody (default); members, the members; none,"
              + " everybody who reads the ledger.")
  private @Nullable String kind;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  /** Filled in by picocli. */
  public PrivacyOption() {}

  /** What was chosen, if anything was. */
  public Optional<Privacy> chosen() {
    return Optional.ofNullable(kind).map(this::parsed);
  }

  private Privacy parsed(String text) {
    return Arrays.stream(Privacy.values())
        .filter(privacy -> privacy.kind().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new ParameterException(
                mixee.commandLine(),
                "--privacy is one of %s, not '%s'."
                    .formatted(
                        Arrays.stream(Privacy.values())
                            .map(Privacy::kind)
                            .collect(Collectors.joining(", ")),
                        text)));
  }
}
