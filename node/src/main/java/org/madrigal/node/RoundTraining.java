package org.madrigal.node;

import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.trainer.TrainedUpdate;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.TrainingTask;

/**
 * One round of training: from the global model to trained minus global parameters, and what was
 * measured on the way.
 */
record RoundTraining(Identity identity, Trainer trainer, RoundId round, GlobalModel global) {

  /**
   * What a round of training gives.
   *
   * @param delta the differences, within the charter's bound
   * @param metrics what the member measured
   */
  record Result(Parameters delta, Metrics metrics) {}

  /** Judges the global model on the test rows, then trains it. */
  Result run() throws InterruptedException {
    Measurements measurements = new Measurements().test(trainer, global.parameters());
    TrainingTask task =
        TrainingTask.of(
            identity.charter().recipe(),
            round.value(),
            identity.charter().training().proximalMu(),
            identity.member().value());
    TrainedUpdate update = trainer.train(task, global.parameters());
    checkLength(update.trained());
    Parameters delta = update.trained().minus(global.parameters());
    checkBound(delta, identity.charter().rules().bound());
    return new Result(delta, measurements.train(update).toMetrics());
  }

  private void checkLength(Parameters trained) {
    if (trained.length() != global.parameters().length()) {
      throw new TrainerException(
          "The trainer gave %d parameters for round %s, but the model has %d; use the trainer that fits the charter"
              .formatted(trained.length(), round, global.parameters().length()));
    }
  }

  private void checkBound(Parameters delta, int bound) {
    for (int i = 0; i < delta.length(); i++) {
      if (!(Math.abs(delta.at(i)) <= bound)) {
        throw new TrainerException(
            "Training of round %s changed parameter %d by %s, but the charter allows at most %d; look at the data and the learning rate"
                .formatted(round, i, delta.at(i), bound));
      }
    }
  }
}
