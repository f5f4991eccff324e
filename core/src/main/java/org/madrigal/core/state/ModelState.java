package org.madrigal.core.state;

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
   */
  record Open(GlobalModel model, ServerOptimiser optimiser) implements ModelState {
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
