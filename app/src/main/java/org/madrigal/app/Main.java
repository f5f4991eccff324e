package org.madrigal.app;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.madrigal.app.audit.AuditCommand;
import org.madrigal.app.charter.CharterCommand;
import org.madrigal.app.cli.Group;
import org.madrigal.app.cli.Handlers;
import org.madrigal.app.cli.Version;
import org.madrigal.app.compare.CompareCommand;
import org.madrigal.app.dashboard.DashboardCommand;
import org.madrigal.app.demo.DemoCommand;
import org.madrigal.app.generate.GenerateCommand;
import org.madrigal.app.key.KeyCommand;
import org.madrigal.app.ledger.LedgerCommand;
import org.madrigal.app.model.ModelCommand;
import org.madrigal.app.node.DoctorCommand;
import org.madrigal.app.node.NodeCommand;
import org.madrigal.app.node.VoteCommand;
import org.madrigal.app.simulate.SimulateCommand;
import org.madrigal.app.simulate.SimulateFaultsCommand;
import org.madrigal.app.view.LogCommand;
import org.madrigal.app.view.StatusCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code madrigal}: the root of all commands, and the entry point of every process. */
@Command(
    name = "madrigal",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Federated learning over a ledger: members train one model, nobody conducts.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  madrigal charter new > charter.yaml   begin a charter",
      "  madrigal audit --ledger ledger        verify a whole history",
      "",
      "Every command has a --help with examples; docs/exit-codes.md explains the exit codes."
    },
    subcommands = {
      KeyCommand.class,
      CharterCommand.class,
      DoctorCommand.class,
      NodeCommand.class,
      LedgerCommand.class,
      StatusCommand.class,
      LogCommand.class,
      AuditCommand.class,
      DashboardCommand.class,
      ModelCommand.class,
      VoteCommand.class,
      DemoCommand.class,
      SimulateCommand.class,
      SimulateFaultsCommand.class,
      CompareCommand.class,
      GenerateCommand.class
    })
public final class Main implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print stack traces, for those who mend Madrigal.")
  private boolean debug;

  private Main() {}

  /**
   * Runs the command line and ends the process with its exit code.
   *
   * @param arguments as typed, without the name of the program
   */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // numbers and reports read the same everywhere
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    Main main = new Main();
    return Handlers.install(new CommandLine(main), () -> main.debug);
  }

  @Override
  public Integer call() {
    return Group.explain(spec);
  }
}
