package org.madrigal.app.key;

import java.io.Console;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.node.keystore.PassphraseSource;
import picocli.CommandLine.Option;

/** The mixin of every command that opens a key: a file, the environment, or a question. */
public final class PassphraseOptions {

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "Take the passphrase from the first line of this file, which only you may read. Without"
              + " it: the environment variable MADRIGAL_PASSPHRASE, or a question on the terminal.")
  private @Nullable Path file;

  /** Filled in by picocli. */
  public PassphraseOptions() {}

  /** Where the passphrase of an existing key comes from. */
  public PassphraseSource forOpening() {
    return source(() -> ask("Passphrase: "));
  }

  /** Where the passphrase of a new key comes from; a person is asked twice. */
  public PassphraseSource forMaking() {
    return source(PassphraseOptions::askTwice);
  }

  /** Whether the passphrase is at hand without a question. */
  boolean isGiven() {
    return file != null || System.getenv().containsKey(PassphraseSource.VARIABLE);
  }

  private PassphraseSource source(Supplier<char[]> question) {
    Map<String, String> environment = System.getenv();
    if (file != null) {
      return new PassphraseSource.OwnFile(file);
    }
    if (environment.containsKey(PassphraseSource.VARIABLE)) {
      return new PassphraseSource.Environment(PassphraseSource.VARIABLE, environment);
    }
    return new PassphraseSource.Prompt(question);
  }

  private static char[] askTwice() {
    char[] first = ask("New passphrase: ");
    char[] second = ask("The same again: ");
    try {
      if (!Arrays.equals(first, second)) {
        throw new Failure(
            ExitCode.WRONG_PASSPHRASE, "The two passphrases differ; nothing was written.");
      }
      return first.clone();
    } finally {
      Arrays.fill(first, '\0');
      Arrays.fill(second, '\0');
    }
  }

  private static char[] ask(String question) {
    Console console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(() ->
                new Failure(
                    ExitCode.WRONG_PASSPHRASE,
                    "There is no terminal to ask for the passphrase on; give"
                        + " --passphrase-file or set MADRIGAL_PASSPHRASE."));
    char[] answer = console.readPassword("%s", question);
    if (answer == null) {
      throw new Failure(ExitCode.INTERRUPTED, "No passphrase was given.");
    }
    return answer;
  }
}
