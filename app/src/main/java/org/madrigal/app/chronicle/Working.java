package org.madrigal.app.chronicle;

import java.util.OptionalInt;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.State;

/** What the members of a state work on. */
final class Working {

  private Working() {}

  /** The round; none where nothing is under way any more. */
  static OptionalInt round(State state) {
    return state
        .federation()
        .map(Federation::phase)
        .map(phase ->
            switch (phase) {
              case Phase.Enrolling p -> OptionalInt.of(0);
              case Phase.AwaitingModel p -> OptionalInt.of(0);
              case Phase.Training p -> OptionalInt.of(p.open().round().value());
              case Phase.Confidential p -> OptionalInt.of(p.round().value());
              case Phase.Finished p -> OptionalInt.empty();
              case Phase.Closed p -> OptionalInt.empty();
              case Phase.Halted p -> OptionalInt.empty();
            })
        .orElse(OptionalInt.of(0));
  }

  /** The attempt; none without secrecy. */
  static OptionalInt slot(State state) {
    return state
        .federation()
        .map(Federation::phase)
        .filter(Phase.Confidential.class::isInstance)
        .map(phase -> OptionalInt.of(((Phase.Confidential) phase).slot().value()))
        .orElse(OptionalInt.empty());
  }

  /** Whether the model is known, where there is one. */
  static boolean isComputed(State state) {
    return state
        .federation()
        .map(Federation::phase)
        .map(phase ->
            switch (phase) {
              case Phase.Confidential p -> p.model() instanceof ModelState.Open;
              case Phase.Closed p -> p.model() instanceof ModelState.Open;
              case Phase.Enrolling p -> true;
              case Phase.AwaitingModel p -> true;
              case Phase.Training p -> true;
              case Phase.Finished p -> true;
              case Phase.Halted p -> true;
            })
        .orElse(true);
  }

  /** The attempt that a statement names, if it names one. */
  static OptionalInt slot(Statement statement) {
    return switch (statement) {
      case Statement.Commitment s -> OptionalInt.of(s.slot().value());
      case Statement.MaskedUpdate s -> OptionalInt.of(s.slot().value());
      case Statement.Unmasking s -> OptionalInt.of(s.slot().value());
      case Statement.Founding s -> OptionalInt.empty();
      case Statement.Enrolment s -> OptionalInt.empty();
      case Statement.InitialModel s -> OptionalInt.empty();
      case Statement.Update s -> OptionalInt.empty();
      case Statement.Attestation s -> OptionalInt.empty();
      case Statement.Vote s -> OptionalInt.empty();
      case Statement.Nudge s -> OptionalInt.empty();
      case Statement.KeyOffer s -> OptionalInt.empty();
      case Statement.KeySeal s -> OptionalInt.empty();
      case Statement.KeyDeal s -> OptionalInt.empty();
      case Statement.Complaint s -> OptionalInt.empty();
      case Statement.SealedUpdate s -> OptionalInt.empty();
      case Statement.Receipt s -> OptionalInt.empty();
    };
  }

  /** What a round is for. */
  static RoundStory.Task task(int round, Charter charter) {
    if (round == 0) {
      return RoundStory.Task.PREPARATION;
    }
    return round > charter.training().rounds()
        ? RoundStory.Task.EVALUATION
        : RoundStory.Task.TRAINING;
  }
}
