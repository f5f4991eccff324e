package org.madrigal.app.model;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.config.PrivacyWords;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.State;
import picocli.CommandLine.Option;

/** The mixin that finds the model of a round on a ledger. */
final class RoundOption {

  @Option(
      names = "--round",
      paramLabel = "ROUND",
      description = "The model of this round; 0 is the initial one. Default: the latest.")
  private @Nullable Integer round;

  /** Reads a ledger, and tells of each entry in turn. */
  @FunctionalInterface
  interface Reading {
    /** Reads it, and gives the state after the last entry. */
    State tell(BiConsumer<Entry, Outcome> watcher);
  }

  /**
   * The model on a ledger.
   *
   * @param folder where the ledger is, for messages
   */
  FoundModel find(Path folder, Reading ledger) {
    ModelSearch search = new ModelSearch(Optional.ofNullable(round).map(RoundId::new));
    State state = ledger.tell(search::hear);
    Optional<FoundModel> found = search.found();
    Optional<RoundId> unread = unread(state);
    if (unread.isPresent() && (round == null || (found.isEmpty() && round <= reached(state)))) {
      throw new Failure(
          ExitCode.CLOSED,
          "The ledger in %s has models up to round %s, but %s."
              .formatted(folder, unread.get(), PrivacyWords.CLOSED));
    }
    return found.orElseThrow(() ->
        new Failure(
            ExitCode.NOT_YET,
            "The ledger in %s has no model %syet; 'madrigal status' says how far it is."
                .formatted(folder, round == null ? "" : "of round " + round + " ")));
  }

  /** The last round that is over, if its model cannot be computed for lack of a key. */
  private static Optional<RoundId> unread(State state) {
    return ModelSearch.model(state)
        .filter(ModelState.Closed.class::isInstance)
        .map(ModelState::round);
  }

  private static int reached(State state) {
    return ModelSearch.model(state).map(model -> model.round().value()).orElse(0);
  }
}
