package org.madrigal.app.audit;

import java.util.Optional;
import org.madrigal.app.audit.AuditReport.Scope;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.State;

/** What an audit found out about the models: recomputed with the keys, or only attested. */
final class AuditedModels {

  private long recomputed;
  private long attested;
  private RoundId lastAttested = RoundId.INITIAL;
  private boolean unread;

  /** Counts what an entry brought about. */
  void add(Outcome outcome) {
    for (Event event : outcome.events()) {
      if (event instanceof Event.RoundClosed) {
        recomputed++;
      } else if (event instanceof Event.ModelAttested(RoundId round, var model, var members)
          && round.compareTo(lastAttested) > 0) {
        lastAttested = round;
        attested++;
      }
    }
    unread |= model(outcome.state()).filter(ModelState.Closed.class::isInstance).isPresent();
  }

  /** Whether every model so far was recomputed. */
  Scope scope() {
    return unread ? Scope.PUBLIC : Scope.FULL;
  }

  /** How many models were recomputed or, in the public scope, attested. */
  long count() {
    return unread ? attested : recomputed;
  }

  /**
   * How an attested model differs from the one that the ledger gives, if it does.
   *
   * @param before the state before the entry
   */
  Optional<String> contradicted(State before, Outcome outcome) {
    for (Event event : outcome.events()) {
      if (event instanceof Event.ModelAttested attestation) {
        Optional<GlobalModel> own =
            known(before, attestation.round())
                .or(() -> known(outcome.state(), attestation.round()))
                .filter(model -> !model.digest().equals(attestation.model()));
        if (own.isPresent()) {
          return Optional.of(
              "%s attest the model %s of round %s, but the ledger gives %s"
                  .formatted(
                      attestation.members(),
                      attestation.model(),
                      attestation.round(),
                      own.get().digest()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<GlobalModel> known(State state, RoundId round) {
    return model(state)
        .filter(ModelState.Open.class::isInstance)
        .map(open -> ((ModelState.Open) open).model())
        .filter(model -> model.round().equals(round));
  }

  private static Optional<ModelState> model(State state) {
    return state.federation().map(Federation::phase).flatMap(AuditedModels::model);
  }

  private static Optional<ModelState> model(Phase phase) {
    return switch (phase) {
      case Phase.Confidential confidential -> Optional.of(confidential.model());
      case Phase.Closed closed -> Optional.of(closed.model());
      case Phase.Enrolling other -> Optional.empty();
      case Phase.AwaitingModel other -> Optional.empty();
      case Phase.Training other -> Optional.empty();
      case Phase.Finished other -> Optional.empty();
      case Phase.Halted other -> Optional.empty();
    };
  }
}
