package org.madrigal.trainer;

import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.Split;

/**
 * One model and one member's rows: trains, judges and predicts. Calls block, may come from any
 * thread, and end soon after their thread is interrupted.
 *
 * <p>Between calls a trainer keeps nothing that changes a result: the same task and parameters give
 * the same update, bit for bit, on the same machine, also after a restart.
 */
public interface Trainer extends AutoCloseable {

  /** What this trainer is and what it trains on. */
  Description describe();

  /**
   * Trains from {@code global} on the member's training rows.
   *
   * @throws TrainerException if {@code global} does not fit the model, or training fails or ends in
   *     numbers that are not finite
   * @throws InterruptedException if the thread is interrupted before training is done
   */
  TrainedUpdate train(TrainingTask task, Parameters global) throws InterruptedException;

  /**
   * Judges {@code parameters} on one part of the member's rows.
   *
   * @throws TrainerException if {@code parameters} do not fit the model or the part has no rows
   * @throws InterruptedException if the thread is interrupted before all rows are judged
   */
  Evaluation evaluate(Parameters parameters, Split split) throws InterruptedException;

  /**
   * Predicts one row for each row of {@code features}, which are scaled as the training rows are.
   * Two classes: the probability of class 1. More: the probability of each class. Numbers: as they
   * are.
   *
   * @throws TrainerException if {@code parameters} or {@code features} do not fit the model
   * @throws InterruptedException if the thread is interrupted before all rows are predicted
   */
  Matrix predict(Parameters parameters, Matrix features) throws InterruptedException;

  /**
   * What the member's training rows are like, to be added up with the others'.
   *
   * @throws TrainerException if the recipe does not ask for federated normalisation
   */
  Statistics statistics();

  /**
   * A trainer on the same rows, with inputs brought to one scale as all members do it. With
   * federated normalisation rows stay as they were read until then, and nothing else can be done
   * with them; where the recipe does not ask for it, this trainer. It is closed with this one.
   */
  Trainer standardised(Standardisation by);

  /** Frees what the trainer holds. Closing twice does nothing. */
  @Override
  void close();
}
