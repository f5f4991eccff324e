package org.madrigal.app.key;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.core.crypto.VerifyingKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code key new}: draws an Ed25519 key and keeps it encrypted in a file. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = {
      "Draw a key and keep it in a file that only its passphrase opens (PKCS#8 in PEM).",
      "Keep a copy of the file and the passphrase: without them a member cannot come back."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal key new --out north/key.pem",
      "  MADRIGAL_PASSPHRASE=... madrigal key new --out north/key.pem --json"
    })
final class KeyNew implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private PassphraseOptions passphrase;

  @Option(names = "--out", paramLabel = "FILE", description = "The file to write.", required = true)
  private Path file;

  @Override
  public Integer call() {
    VerifyingKey key = new KeyFile(file).create(passphrase.forMaking());
    output.result(
        Json.object().put("file", file.toString()).put("key", key.text()).map(),
        out -> {
          out.printf("Wrote %s.%n", file);
          out.printf("Its public key, for the charter: %s%n", key.text());
        });
    return ExitCode.OK.code();
  }
}
