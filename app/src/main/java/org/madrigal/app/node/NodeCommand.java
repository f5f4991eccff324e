package org.madrigal.app.node;

import java.util.concurrent.Callable;
import org.madrigal.app.cli.Group;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code node}, which only has subcommands. */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description = "Run a member's node: it reads the ledger, trains, and sends.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example:", "  madrigal node run --member north"},
    subcommands = NodeRun.class)
public final class NodeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** Created by picocli. */
  public NodeCommand() {}

  @Override
  public Integer call() {
    return Group.explain(spec);
  }
}
