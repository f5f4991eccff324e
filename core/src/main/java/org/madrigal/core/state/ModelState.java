package org.madrigal.core.state;

import java.util.Optional;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.Tally;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.RoundId;

/** What a replay knows of the global model: everything, or only how many rounds there were. */
public sealed interface ModelState {

  /** The last round that is over. */
  RoundId round();

  /**
   * The replay has every key that it needed so far.
   *
   * @param model the global model
   * @param optimiser the moments of the strategy
   * @param statistics what the training rows of all members are like, once that is known
   * @param evaluation what the last model makes of all test rows, once that is known
   */
  record Open(
      GlobalModel model,
      ServerOptimiser optimiser,
      Optional<Statistics> statistics,
      Optional<Tally> evaluation)
      implements ModelState {

    /** A model, of whose data nothing is known. */
    public Open(GlobalModel model, ServerOptimiser optimiser) {
      this(model, optimiser, Optional.empty(), Optional.empty());
    }

    Open with(Statistics learned) {
      return new Open(model, optimiser, Optional.of(learned), evaluation);
    }

    Open with(Tally learned) {
      return new Open(model, optimiser, statistics, Optional.of(learned));
    }

    Open with(GlobalModel next, ServerOptimiser moments) {
      return new Open(next, moments, statistics, evaluation);
    }

    /** How inputs are brought to one scale, where the charter leaves that to the federation. */
    public Optional<Standardisation> standardisation(Charter charter) {
      return charter
          .federatedTable()
          .map(table ->
              statistics
                  .map(known -> Standardisation.by(table, known))
                  .orElseGet(() -> Standardisation.assumed(table)));
    }

    @Override
    public RoundId round() {
      return model.round();
    }
  }

  /**
   * A key was missing, so the model is unknown from then on.
   *
   * @param round the last round that is over
   */
  record Closed(RoundId round) implements ModelState {}
}
