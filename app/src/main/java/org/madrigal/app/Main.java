package org.madrigal.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code madrigal}: the root of all commands, and the entry point of every process. */
@Command(
    name = "madrigal",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Federated learning over a ledger: members train one model, nobody conducts.",
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * Runs the command line and ends the process with its exit code.
   *
   * @param arguments as typed, without the name of the program
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command given: name one of those below.");
  }
}
