package org.madrigal.app.node;

import java.util.concurrent.Callable;
import org.madrigal.app.cli.Group;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code vote}, which only has subcommands. */
@Command(
    name = "vote",
    mixinStandardHelpOptions = true,
    description = "Vote in a federation.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example:", "  madrigal vote exclude south --member north --reason \"silent\""},
    subcommands = VoteExclude.class)
public final class VoteCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** Created by picocli. */
  public VoteCommand() {}

  @Override
  public Integer call() {
    return Group.explain(spec);
  }
}
