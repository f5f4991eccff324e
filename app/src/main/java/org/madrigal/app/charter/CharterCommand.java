package org.madrigal.app.charter;

import java.util.concurrent.Callable;
import org.madrigal.app.cli.Group;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code charter}, which only has subcommands. */
@Command(
    name = "charter",
    mixinStandardHelpOptions = true,
    description = "Write, read, check and approve a charter: what the members sign up to.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  madrigal charter new --name Hospitals > charter.yaml",
      "  madrigal charter check charter.yaml"
    },
    subcommands = {CharterNew.class, CharterShow.class, CharterCheck.class, CharterSign.class})
public final class CharterCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** Created by picocli. */
  public CharterCommand() {}

  @Override
  public Integer call() {
    return Group.explain(spec);
  }
}
