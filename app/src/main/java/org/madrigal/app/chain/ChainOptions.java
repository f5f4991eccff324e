package org.madrigal.app.chain;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.move.MovedFolder;
import org.madrigal.ledger.evm.EvmLedgerConfig;
import org.madrigal.ledger.evm.EvmLedgerId;
import org.madrigal.ledger.evm.Finality;
import org.madrigal.ledger.evm.GasMeter;
import picocli.CommandLine.Option;

/** The mixin of commands that read a ledger from a chain as well as from a folder. */
public final class ChainOptions {

  private static final String SCHEME = "evm:";

  @Option(
      names = "--node",
      paramLabel = "URL",
      description =
          "With --ledger evm:CHAIN:CONTRACT: a node of the chain, such as http://127.0.0.1:8545;"
              + " more of them: the option again.")
  private List<URI> nodes = new ArrayList<>();

  @Option(
      names = "--finality",
      paramLabel = "RULE",
      description =
          "On a chain: how far it is read. finalized, latest (QBFT, anvil) or depth:N. Default:"
              + " finalized.")
  private @Nullable String finality;

  @Option(
      names = "--first-block",
      paramLabel = "N",
      description = "On a chain: the block that the contract was made in. Default: 0.")
  private @Nullable Long firstBlock;

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description =
          "On a chain, of a federation that has moved there: the folder with the ledgers that it"
              + " left, as 'madrigal ledger import' makes it.")
  private @Nullable Path archive;

  /** Filled in by picocli. */
  public ChainOptions() {}

  /**
   * The ledger on a chain that {@code given} names; none if it names a folder.
   *
   * @throws Failure if it is misspelt, or options of a chain are given for a folder
   */
  public Optional<EvmLedgerId> ledger(String given) {
    if (!given.startsWith(SCHEME)) {
      if (!nodes.isEmpty() || finality != null || firstBlock != null || archive != null) {
        throw usage(
            "--node, --finality, --first-block and --archive go with --ledger evm:CHAIN:CONTRACT, and %s is a folder."
                .formatted(given));
      }
      return Optional.empty();
    }
    try {
      return Optional.of(EvmLedgerId.parse(given));
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, e.getMessage() + ".", e);
    }
  }

  /**
   * Reads the chain into a new folder, with every check that a member's node makes.
   *
   * @param charter the file with the charter of the ledger
   * @throws Failure if an option is missing, or the contract is not the charter's
   */
  public FreshCopy read(EvmLedgerId ledger, @Nullable Path charter) {
    return read(ledger, charter, Optional.empty());
  }

  /** As {@link #read(EvmLedgerId, Path)}, and asks the nodes what each entry took in gas. */
  public FreshCopy read(EvmLedgerId ledger, @Nullable Path charter, GasMeter meter) {
    return read(ledger, charter, Optional.of(meter));
  }

  private FreshCopy read(EvmLedgerId ledger, @Nullable Path charter, Optional<GasMeter> meter) {
    if (nodes.isEmpty()) {
      throw usage("The ledger %s is read from a node: name one with --node.".formatted(ledger));
    }
    if (charter == null) {
      throw usage(
          "The ledger %s is checked against its charter: name the file with --charter."
              .formatted(ledger));
    }
    return FreshCopy.of(
        ledger, CharterFile.read(charter).charter(), nodes, options(), meter, archive(ledger));
  }

  private Optional<MovedFolder> archive(EvmLedgerId ledger) {
    if (archive == null) {
      return Optional.empty();
    }
    Optional<MovedFolder> found =
        MovedFolder.in(archive).flatMap(moved -> moved.before(ledger.toString()));
    if (found.isEmpty()) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "%s is not the folder of a federation that moved to %s; 'madrigal ledger import' makes one."
              .formatted(archive, ledger));
    }
    return found;
  }

  private EvmLedgerConfig.Options options() {
    EvmLedgerConfig.Options options = EvmLedgerConfig.Options.DEFAULT;
    try {
      options = finality == null ? options : options.with(Finality.parse(finality));
      return firstBlock == null ? options : options.from(firstBlock);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, e.getMessage() + ".", e);
    }
  }

  private static Failure usage(String sentence) {
    return new Failure(ExitCode.USAGE, sentence);
  }
}
