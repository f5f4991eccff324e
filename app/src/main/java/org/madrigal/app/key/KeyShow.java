package org.madrigal.app.key;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.core.crypto.VerifyingKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code key show}: the public half of a key file. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Print the public key of a key file, for the charter. It shows no secret.",
    footer = {
      "",
      "Examples:",
      "  madrigal key show north/key.pem",
      "  madrigal key show north/key.pem --check    also try the passphrase"
    })
final class KeyShow implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private PassphraseOptions passphrase;

  @Parameters(paramLabel = "FILE", description = "The key file.")
  private Path file;

  @Option(names = "--check", description = "Open the key, to know that the passphrase is right.")
  private boolean check;

  @Override
  public Integer call() {
    KeyFile keyFile = new KeyFile(file);
    Optional<VerifyingKey> named = keyFile.publicKey();
    boolean opened = check || named.isEmpty();
    VerifyingKey key =
        opened ? keyFile.open(passphrase.forOpening()).verifyingKey() : named.orElseThrow();
    output.result(
        Json.object()
            .put("file", file.toString())
            .put("key", key.text())
            .put("opened", opened)
            .map(),
        out -> out.println(key.text()));
    return ExitCode.OK.code();
  }
}
