package org.madrigal.simulation;

import java.util.Optional;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.State;

/** Where a state stands. */
final class Phases {

  private Phases() {}

  /** The phase with secrecy, if the federation is in it. */
  static Optional<Phase.Confidential> confidential(State state) {
    return of(state)
        .filter(Phase.Confidential.class::isInstance)
        .map(Phase.Confidential.class::cast);
  }

  /** The phase, once the federation is founded. */
  static Optional<Phase> of(State state) {
    return state.federation().map(Federation::phase);
  }

  /** Whether every round is over. */
  static boolean isOver(State state) {
    return of(state)
        .filter(phase -> phase instanceof Phase.Closed || phase instanceof Phase.Finished)
        .isPresent();
  }
}
