package org.madrigal.app.ledger;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chain.AccountKey;
import org.madrigal.app.chain.ContractCheck;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.config.LedgerAddress;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Origin;
import org.madrigal.ledger.evm.EvmLedgerConfig;
import org.madrigal.ledger.evm.EvmLedgerId;
import picocli.CommandLine.Option;

/** The mixin that names the ledger that a federation moves to. */
final class NextLedger {

  private static final String FILE = "file:";

  @Option(
      names = "--to",
      paramLabel = "LEDGER",
      required = true,
      description =
          "The ledger that goes on: evm:CHAIN:CONTRACT, as 'madrigal ledger deploy' prints it, or"
              + " file: and the public key of its orderer.")
  private String to;

  @Option(
      names = "--node",
      paramLabel = "URL",
      description =
          "With --to evm:CHAIN:CONTRACT: a node of the chain, such as http://127.0.0.1:8545; more of"
              + " them: the option again.")
  private List<URI> nodes = new ArrayList<>();

  @Option(
      names = "--account-key",
      paramLabel = "FILE",
      description =
          "With --to evm:CHAIN:CONTRACT: the wallet's key file of the member's account there;"
              + " without it the environment variable MADRIGAL_EVM_KEY.")
  private @Nullable Path account;

  /** Its name. */
  String name() {
    return to;
  }

  /**
   * Checks it before a member signs for it: that a contract is the charter's, begins at the end of
   * the old ledger, and knows the member by its account.
   *
   * @throws Failure with what is wrong
   */
  void check(Charter charter, MemberId member, Origin end) throws InterruptedException {
    try {
      if (to.startsWith(FILE)) {
        VerifyingKey.parse(to.substring(FILE.length()));
        return;
      }
      EvmLedgerId contract = EvmLedgerId.parse(to);
      if (nodes.isEmpty()) {
        throw new Failure(
            ExitCode.USAGE,
            "The contract %s is checked before it is signed for: name a node with --node."
                .formatted(contract));
      }
      ContractCheck.check(
          new LedgerAddress.OnChain(
              contract, nodes, Optional.ofNullable(account), EvmLedgerConfig.Options.DEFAULT),
          charter,
          member,
          AccountKey.open(Optional.ofNullable(account)).address(),
          end);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, "--to: " + e.getMessage() + ".", e);
    }
  }
}
