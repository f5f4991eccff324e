package org.madrigal.app.ledger;

import java.util.concurrent.Callable;
import org.madrigal.app.cli.Group;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code ledger}, which only has subcommands. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description =
        "Order and serve the ledger of a federation, check its files, keep it on a chain, or move"
            + " to another one.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  madrigal ledger serve --charter charter.yaml --ledger ledger --key orderer.pem",
      "  madrigal ledger verify --ledger ledger",
      "  madrigal ledger join --member north"
    },
    subcommands = {
      LedgerServe.class,
      LedgerVerify.class,
      LedgerExport.class,
      LedgerHandover.class,
      LedgerImport.class,
      LedgerDeploy.class,
      LedgerJoin.class,
      LedgerStatus.class
    })
public final class LedgerCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** Created by picocli. */
  public LedgerCommand() {}

  @Override
  public Integer call() {
    return Group.explain(spec);
  }
}
