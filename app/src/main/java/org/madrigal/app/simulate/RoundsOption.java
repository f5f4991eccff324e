package org.madrigal.app.simulate;

import org.jspecify.annotations.Nullable;
import org.madrigal.app.config.CharterDraft;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The mixin of commands that train a charter for as many rounds as their user likes. */
public final class RoundsOption {

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How many rounds (default: as many as the charter says).")
  private @Nullable Integer rounds;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  /** Filled in by picocli. */
  public RoundsOption() {}

  /** The charter with the wanted number of rounds. */
  public CharterDraft in(CharterDraft draft) {
    if (rounds == null) {
      return draft;
    }
    try {
      return draft.withTraining(draft.training().withRounds(rounds));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(mixee.commandLine(), "--rounds: " + e.getMessage() + ".", e);
    }
  }
}
