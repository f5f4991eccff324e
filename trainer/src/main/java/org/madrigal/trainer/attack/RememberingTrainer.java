package org.madrigal.trainer.attack;

import java.util.Optional;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.trainer.Description;
import org.madrigal.trainer.Evaluation;
import org.madrigal.trainer.TrainedUpdate;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.Split;

/** A trainer that remembers its last update, so that others may ask for it too. */
final class RememberingTrainer implements Trainer {

  private Trainer trainer;
  private Optional<Remembered> last = Optional.empty();

  private record Remembered(TrainingTask task, Digest global, TrainedUpdate update) {}

  RememberingTrainer(Trainer trainer) {
    this.trainer = trainer;
  }

  @Override
  public synchronized TrainedUpdate train(TrainingTask task, Parameters global)
      throws InterruptedException {
    Digest model = global.digest();
    Optional<TrainedUpdate> known =
        last.filter(it -> it.task().equals(task) && it.global().equals(model))
            .map(Remembered::update);
    if (known.isPresent()) {
      return known.get();
    }
    TrainedUpdate update = trainer.train(task, global);
    last = Optional.of(new Remembered(task, model, update));
    return update;
  }

  /** Also those who ask for its updates get what it trains on this scale from then on. */
  @Override
  public synchronized Trainer standardised(Standardisation by) {
    trainer = trainer.standardised(by);
    return this;
  }

  private synchronized Trainer trainer() {
    return trainer;
  }

  @Override
  public Description describe() {
    return trainer().describe();
  }

  @Override
  public Evaluation evaluate(Parameters parameters, Split split) throws InterruptedException {
    return trainer().evaluate(parameters, split);
  }

  @Override
  public Matrix predict(Parameters parameters, Matrix features) throws InterruptedException {
    return trainer().predict(parameters, features);
  }

  @Override
  public Statistics statistics() {
    return trainer().statistics();
  }

  @Override
  public void close() {
    trainer().close();
  }
}
