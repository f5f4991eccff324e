package org.madrigal.app.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A command that only has subcommands, called without one. */
public final class Group {

  private Group() {}

  /** Says what is missing, shows the help on stderr, and gives the exit code of wrong usage. */
  public static int explain(CommandSpec group) {
    CommandLine command = group.commandLine();
    PrintWriter err = command.getErr();
    err.printf(
        "madrigal: '%s' needs a command: name one of those below.%n%n", group.qualifiedName());
    command.usage(err);
    err.flush();
    return ExitCode.USAGE.code();
  }
}
