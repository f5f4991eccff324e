package org.madrigal.app.chain;

import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.ledger.evm.EvmKey;
import org.madrigal.ledger.evm.EvmKeystore;
import org.madrigal.ledger.evm.EvmKeystore.Opening;

/** The key of an account on a chain: from a wallet's key file, or the environment. */
public final class AccountKey {

  /** The variable with a key as 64 hexadecimal digits. */
  public static final String KEY = "MADRIGAL_EVM_KEY";

  /** The variable with the password of a key file. */
  public static final String PASSWORD = "MADRIGAL_EVM_PASSWORD";

  private AccountKey() {}

  /** The key in a file, if there is one, else in the environment of this process. */
  public static EvmKey open(Optional<Path> file) {
    return open(file, System.getenv());
  }

  static EvmKey open(Optional<Path> file, Map<String, String> environment) {
    if (file.isPresent()) {
      return fromFile(file.get(), environment);
    }
    String key = environment.get(KEY);
    if (key == null) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "No account pays: name a wallet's key file (account: in member.yaml, or --account-key), or set %s."
              .formatted(KEY));
    }
    try {
      return EvmKey.parse(key.strip());
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.BAD_INPUT, "%s: %s.".formatted(KEY, e.getMessage()), e);
    }
  }

  private static EvmKey fromFile(Path file, Map<String, String> environment) {
    Bytes content;
    try {
      content = Bytes.takeOver(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    char[] password = password(file, environment);
    try {
      return switch (EvmKeystore.open(content, password)) {
        case Opening.Opened(EvmKey key) -> key;
        case Opening.WrongPassword wrong ->
            throw new Failure(
                ExitCode.WRONG_PASSPHRASE, "The password does not open %s.".formatted(file));
        case Opening.Malformed(String reason) ->
            throw new Failure(
                ExitCode.BAD_INPUT,
                "%s is no key file of a wallet (Web3 Secret Storage, version 3): %s."
                    .formatted(file, reason));
      };
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static char[] password(Path file, Map<String, String> environment) {
    String given = environment.get(PASSWORD);
    if (given != null) {
      return given.toCharArray();
    }
    Console console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(() ->
                new Failure(
                    ExitCode.WRONG_PASSPHRASE,
                    "There is no terminal to ask for the password of %s on; set %s."
                        .formatted(file, PASSWORD)));
    char[] answer = console.readPassword("Password of %s: ", file);
    if (answer == null) {
      throw new Failure(ExitCode.INTERRUPTED, "No password was given.");
    }
    return answer;
  }
}
