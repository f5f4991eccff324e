package org.madrigal.app.model;

import java.util.concurrent.Callable;
import org.madrigal.app.cli.Group;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code model}, which only has subcommands. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    description = "Show, export and use the models that a ledger gives.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  madrigal model show --ledger north",
      "  madrigal model export --ledger north --out model.safetensors",
      "  madrigal model predict --member north --data patients.csv --out predictions.csv"
    },
    subcommands = {ModelShow.class, ModelExport.class, ModelPredict.class})
public final class ModelCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  /** Created by picocli. */
  public ModelCommand() {}

  @Override
  public Integer call() {
    return Group.explain(spec);
  }
}
