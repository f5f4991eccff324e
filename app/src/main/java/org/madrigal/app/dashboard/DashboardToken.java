package org.madrigal.app.dashboard;

import java.util.concurrent.Callable;
import org.madrigal.app.cli.Group;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code dashboard token}, which only has subcommands. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Say who may see a dashboard that listens to other machines.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  madrigal dashboard token new --tokens dashboard.tokens --name grafana",
      "",
      "Whoever should see it no more: take the line with the name out of the file."
    },
    subcommands = DashboardTokenNew.class)
final class DashboardToken implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return Group.explain(spec);
  }
}
