package org.madrigal.app.ledger;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.audit.ExpectedHead;
import org.madrigal.app.chain.AccountKey;
import org.madrigal.app.chain.ChainTerms;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.CharterFile;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Origin;
import org.madrigal.ledger.evm.ContractTerms;
import org.madrigal.ledger.evm.EvmAddress;
import org.madrigal.ledger.evm.EvmContract;
import org.madrigal.ledger.evm.EvmLedgerConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ledger deploy}: makes the contract of a charter on a chain. */
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    description = {
      "Make the contract that is the ledger of a charter on an Ethereum network.",
      "It is made once, by anybody, and nobody can change it. Each member then checks it with"
          + " 'madrigal ledger join'. docs/ledger-evm.md says more."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal ledger deploy --charter charter.yaml --chain 1337 --node http://127.0.0.1:8545 \\",
      "      --account north=0x5aAe... --account south=0xfB69... --account-key wallet.json",
      "  madrigal ledger deploy --charter charter.yaml --chain 1337 --node http://127.0.0.1:8545 \\",
      "      --account north=0x5aAe... --account south=0xfB69... --archive north/ledger",
      "",
      "Exit codes: 0 made, 2 the command line is wrong, 3 the archive is broken, 4 a file is wrong,",
      "  5 password, 7 no node answers, 10 the account cannot pay, or the chain refuses."
    })
final class LedgerDeploy implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private NodesOption nodes;

  @Option(
      names = "--charter",
      paramLabel = "FILE",
      required = true,
      description = "The charter: it names the members.")
  private Path charterFile;

  @Option(
      names = "--chain",
      paramLabel = "NUMBER",
      required = true,
      description = "The number of the chain (EIP-155): nodes of any other are refused.")
  private long chain;

  @Option(
      names = "--account",
      paramLabel = "MEMBER=ADDRESS",
      required = true,
      description = "The account that a member will write with; once for each member.")
  private Map<String, String> accounts = new TreeMap<>();

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description =
          "Let the contract go on where this ledger ends: the folder of the one that the federation"
              + " leaves, or a copy of it. It is audited first.")
  private @Nullable Path archive;

  @Option(
      names = "--head",
      paramLabel = "[POSITION:]HASH",
      description = "With --archive: where it ends. Default: at its last entry.")
  private @Nullable String head;

  @Option(
      names = "--account-key",
      paramLabel = "FILE",
      description =
          "The wallet's key file (Web3 Secret Storage) of the account that pays for this; without"
              + " it the environment variable MADRIGAL_EVM_KEY.")
  private @Nullable Path key;

  @Override
  public Integer call() throws InterruptedException {
    Charter charter = CharterFile.read(charterFile).charter();
    ContractTerms terms = terms(charter).beginningAt(origin(charter));
    EvmContract.Made made;
    try {
      made =
          EvmContract.make(
              chain,
              nodes.addresses(),
              AccountKey.open(Optional.ofNullable(key)),
              terms,
              EvmLedgerConfig.Options.DEFAULT);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, "--node: " + e.getMessage() + ".", e);
    }
    output.result(
        Json.object()
            .put("ledger", made.ledger().toString())
            .put("block", made.block())
            .put("gas", made.gas())
            .put("head", terms.origin().head().toString())
            .put("charter", charter.id().toString())
            .map(),
        out -> {
          out.printf("The ledger of '%s' is %s%n", charter.name(), made.ledger());
          out.printf("  made in block %d, for %,d gas%n", made.block(), made.gas());
          if (!terms.origin().isFirst()) {
            out.printf("  it goes on at %s%n", terms.origin().head());
            out.println("Each member signs for it with 'madrigal ledger handover'. Then");
          }
          out.println("Each member writes into its member.yaml, with nodes of its own choice:");
          out.printf(
              "  ledger: {evm: \"%s\", first-block: %d, nodes: [\"%s\"], account: wallet.json}%n",
              made.ledger(), made.block(), "https://...");
          out.printf(
              "and runs 'madrigal ledger %s --member DIR'.%n",
              terms.origin().isFirst() ? "join" : "import");
        });
    return ExitCode.OK.code();
  }

  private Origin origin(Charter charter) {
    if (archive == null) {
      if (head != null) {
        throw new Failure(ExitCode.USAGE, "--head goes with --archive.");
      }
      return Origin.of(charter.id());
    }
    try {
      return LedgerEnd.of(archive, charter, Optional.ofNullable(head).map(ExpectedHead::parse))
          .origin();
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, "--head: " + e.getMessage() + ".", e);
    }
  }

  private ContractTerms terms(Charter charter) {
    try {
      return ChainTerms.named(
          charter,
          accounts.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      entry -> new MemberId(entry.getKey()),
                      entry -> EvmAddress.parse(entry.getValue()),
                      (one, other) -> other,
                      TreeMap::new)));
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, "--account: " + e.getMessage() + ".", e);
    }
  }
}
