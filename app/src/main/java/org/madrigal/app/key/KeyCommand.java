package org.madrigal.app.key;

import java.util.concurrent.Callable;
import org.madrigal.app.cli.Group;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code key}, which only has subcommands. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description =
        "Make and show keys: one for each member, one for the orderer of a ledger; grant an audit.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  madrigal key new --out north/key.pem",
      "  madrigal key show north/key.pem",
      "  madrigal key grant-audit --member north --out auditor.keys"
    },
    subcommands = {KeyNew.class, KeyShow.class, KeyGrantAudit.class})
public final class KeyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** Created by picocli. */
  public KeyCommand() {}

  @Override
  public Integer call() {
    return Group.explain(spec);
  }
}
