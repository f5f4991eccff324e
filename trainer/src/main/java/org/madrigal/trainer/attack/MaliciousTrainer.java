package org.madrigal.trainer.attack;

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

/** A trainer that sends something else than it trained, and is honest in all other things. */
final class MaliciousTrainer implements Trainer {

  private final Trainer honest;
  private final Craft craft;

  /** Makes an update. */
  @FunctionalInterface
  interface Craft {
    TrainedUpdate update(TrainingTask task, Parameters global) throws InterruptedException;
  }

  MaliciousTrainer(Trainer honest, Craft craft) {
    this.honest = honest;
    this.craft = craft;
  }

  @Override
  public TrainedUpdate train(TrainingTask task, Parameters global) throws InterruptedException {
    return craft.update(task, global);
  }

  @Override
  public Trainer standardised(Standardisation by) {
    return new MaliciousTrainer(honest.standardised(by), craft);
  }

  @Override
  public Description describe() {
    return honest.describe();
  }

  @Override
  public Evaluation evaluate(Parameters parameters, Split split) throws InterruptedException {
    return honest.evaluate(parameters, split);
  }

  @Override
  public Matrix predict(Parameters parameters, Matrix features) throws InterruptedException {
    return honest.predict(parameters, features);
  }

  @Override
  public Statistics statistics() {
    return honest.statistics();
  }

  @Override
  public void close() {
    honest.close();
  }
}
