package org.madrigal.app.dashboard;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chain.ChainOptions;
import org.madrigal.app.chain.FreshCopy;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.key.KeysOption;
import org.madrigal.app.view.LedgerOption;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.ledger.evm.EvmLedgerId;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The mixin with the ledger that is shown: a folder, or a contract on a chain. */
final class ShownLedger {

  @Option(
      names = "--ledger",
      paramLabel = "LEDGER",
      description =
          "The ledger's folder, a member's copy of it, or the member's folder; it is only read,"
              + " also while a node or a server writes to it. Or evm:CHAIN:CONTRACT, with --node and"
              + " --charter, which is read once.")
  private @Nullable String named;

  @Option(
      names = "--charter",
      paramLabel = "FILE",
      description = "With --ledger evm:CHAIN:CONTRACT: the charter that the contract must be of.")
  private @Nullable Path charter;

  @Mixin private ChainOptions chain;

  @Mixin private KeysOption keys;

  /** What is done with the ledger, once its files are there. */
  @FunctionalInterface
  interface Showing {
    /** Gives the exit code. */
    int show(Path folder) throws Exception;
  }

  /** What it is called on command lines. */
  String name() {
    if (named == null) {
      throw new Failure(
          ExitCode.USAGE,
          "Missing --ledger: name a ledger's folder, a member's, or evm:CHAIN:CONTRACT.");
    }
    return named;
  }

  /** The epoch keys that are at hand; a person is asked for a member's passphrase. */
  EpochKeys keys(FederationId federation) {
    return keys.ask(Path.of(name()), federation);
  }

  /** Has the files shown. */
  int with(Showing showing) throws Exception {
    Optional<EvmLedgerId> contract = chain.ledger(name());
    if (contract.isEmpty()) {
      return showing.show(LedgerOption.folder(Path.of(name())));
    }
    try (FreshCopy copy = chain.read(contract.get(), charter)) {
      return showing.show(copy.folder());
    }
  }
}
