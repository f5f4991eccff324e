package org.madrigal.node;

import java.util.List;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.TensorLayout;
import org.madrigal.trainer.Description;
import org.madrigal.trainer.Evaluation;
import org.madrigal.trainer.FakeTrainer;
import org.madrigal.trainer.Provenance;
import org.madrigal.trainer.TrainedUpdate;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.Split;

/** A trainer that does what a test says. */
final class ScriptedTrainer implements Trainer {

  /** What training gives. */
  @FunctionalInterface
  interface Script {
    Parameters train(int call, TrainingTask task, Parameters global) throws InterruptedException;
  }

  private final FakeTrainer rest;
  private final Script script;
  private int calls;

  ScriptedTrainer(TensorLayout layout, Script script) {
    rest = new FakeTrainer(layout, 10, List.of(Parameters.of(new float[layout.length()])));
    this.script = script;
  }

  /** How often it was asked to train. */
  int calls() {
    return calls;
  }

  @Override
  public Description describe() {
    return rest.describe();
  }

  @Override
  public TrainedUpdate train(TrainingTask task, Parameters global) throws InterruptedException {
    calls++;
    TrainedUpdate update = rest.train(task, global);
    Parameters trained = script.train(calls, task, global);
    return new TrainedUpdate(
        trained,
        update.samples(),
        update.metrics(),
        new Provenance(describe().data(), task, describe().versions()));
  }

  @Override
  public Evaluation evaluate(Parameters parameters, Split split) throws InterruptedException {
    return rest.evaluate(parameters, split);
  }

  @Override
  public Matrix predict(Parameters parameters, Matrix features) throws InterruptedException {
    return rest.predict(parameters, features);
  }

  @Override
  public Statistics statistics() {
    return rest.statistics();
  }

  @Override
  public Trainer standardised(Standardisation by) {
    return this;
  }

  @Override
  public void close() {}
}
