package org.madrigal.node;

import java.util.Optional;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement.Update;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.trainer.TrainedUpdate;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.TrainingTask;

/** Trains from the global model and makes the update: trained minus global parameters. */
record TrainAction(Identity identity, Trainer trainer, RoundId round, GlobalModel global)
    implements Action {

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Draft prepare() throws InterruptedException {
    Charter charter = identity.charter();
    Measurements measurements = new Measurements().test(trainer, global.parameters());
    TrainingTask task =
        TrainingTask.of(
            charter.recipe(),
            round.value(),
            charter.training().proximalMu(),
            identity.member().value());
    TrainedUpdate update = trainer.train(task, global.parameters());
    checkLength(update.trained());
    Parameters delta = update.trained().minus(global.parameters());
    checkBound(delta, charter.rules().bound());
    Attachment attachment = Attachment.of(delta.toBytes());
    return new Draft(
        new Update(
            round, global.digest(), attachment.ref(), measurements.train(update).toMetrics()),
        Optional.of(attachment));
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
