package org.madrigal.app.charter;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.config.CharterText;
import org.madrigal.app.config.PrivacyWords;
import org.madrigal.core.protocol.Charter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code charter show}: the whole charter with every default written out. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Print a charter with its digest and every default written out.",
    footer = {
      "",
      "Examples:",
      "  madrigal charter show charter.yaml",
      "  madrigal charter show charter.yaml --json"
    })
final class CharterShow implements Callable<Integer> {

  @Mixin private Output output;

  @Parameters(paramLabel = "FILE", description = "The charter file.")
  private Path file;

  @Override
  public Integer call() {
    Charter charter = CharterFile.read(file).charter();
    String text = CharterText.of(charter);
    if (PrivacyWords.isLoud(charter)) {
      output.warn(PrivacyWords.NONE);
    }
    output.result(
        Json.object()
            .put("charter", charter.id().toString())
            .put("name", charter.name())
            .put("privacy", charter.rules().privacy().kind())
            .put("hides", PrivacyWords.of(charter))
            .put("canonical", charter.canonical().hex())
            .put("text", text)
            .map(),
        out -> out.print(text));
    return ExitCode.OK.code();
  }
}
