package org.madrigal.app.ledger;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.move.MovedFolder;
import org.madrigal.app.view.ExaminedFolder;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.ledger.LedgerVerdict;
import org.madrigal.ledger.LedgerVerifier;
import org.madrigal.ledger.evm.ChainCopy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ledger verify}: whether the files are what the orderer signed; no model is computed. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Check every byte of a ledger's folder against the orderer's signature.",
      "It reads only the files: 'madrigal audit' also asks whether the members vouch for them."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal ledger verify --ledger ledger",
      "  madrigal ledger verify --ledger north/ledger --orderer ed25519:... --json",
      "",
      "Exit codes: 0 sound, 3 broken, 2 the command line is wrong."
    })
final class LedgerVerify implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private ExaminedFolder ledger;

  @Option(
      names = "--orderer",
      paramLabel = "KEY",
      description = "The public key that must have signed it, instead of the one it names itself.")
  private @Nullable String orderer;

  private long entries;

  @Override
  public Integer call() {
    if (ledger.text().startsWith("evm:") || ChainCopy.in(ledger.path()).isPresent()) {
      throw new Failure(
          ExitCode.USAGE,
          "%s is %s, which no orderer signs; run 'madrigal audit' on it."
              .formatted(
                  ledger.text(),
                  ledger.text().startsWith("evm:")
                      ? "a ledger on a chain"
                      : "a copy of a ledger on a chain"));
    }
    if (MovedFolder.in(ledger.path()).isPresent()) {
      throw new Failure(
          ExitCode.USAGE,
          "%s holds several ledgers, of a federation that has moved; run 'madrigal audit' on it."
              .formatted(ledger.path()));
    }
    LedgerVerifier verifier = LedgerVerifier.of(ledger.path());
    LedgerVerdict verdict =
        (orderer == null ? verifier : verifier.orderedBy(key(orderer))).verify(entry -> entries++);
    switch (verdict) {
      case LedgerVerdict.Sound sound -> tell(sound);
      case LedgerVerdict.Broken broken -> tell(broken);
    }
    return (verdict instanceof LedgerVerdict.Sound ? ExitCode.OK : ExitCode.BROKEN).code();
  }

  private static VerifyingKey key(String text) {
    try {
      return VerifyingKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, e.getMessage() + ".", e);
    }
  }

  private void tell(LedgerVerdict.Sound sound) {
    output.result(
        Json.object()
            .put("verdict", "ok")
            .put("entries", entries)
            .put("blocks", sound.blocks())
            .put("bytes", sound.bytes())
            .put("orderer", sound.genesis().orderer().text())
            .put("first", null)
            .map(),
        out ->
            out.printf(
                "ok: %d entries in %d blocks, %d bytes, ordered by %s%n",
                entries, sound.blocks(), sound.bytes(), sound.genesis().orderer().text()));
  }

  private void tell(LedgerVerdict.Broken broken) {
    output.result(
        Json.object()
            .put("verdict", "broken")
            .put("entries", broken.first().value())
            .put(
                "first",
                Json.object()
                    .put("position", broken.first().value())
                    .put("reason", broken.reason())
                    .map())
            .map(),
        out -> out.printf("broken at position %s: %s%n", broken.first(), broken.reason()));
  }
}
