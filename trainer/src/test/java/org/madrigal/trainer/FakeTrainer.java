package org.madrigal.trainer;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Loss;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.TensorLayout;
import org.madrigal.trainer.data.Dataset;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.Split;

/**
 * A trainer whose answers are given in advance: in round r the r-th of its vectors, from then on
 * the last one, whatever the global model. It judges every model as one row that is predicted
 * right.
 */
public final class FakeTrainer implements Trainer {

  private final TensorLayout layout;
  private final int samples;
  private final List<Parameters> trained;

  /** A trainer that claims {@code samples} rows and gives {@code trained}, at least one vector. */
  public FakeTrainer(TensorLayout layout, int samples, List<Parameters> trained) {
    this.layout = layout;
    this.samples = samples;
    this.trained = List.copyOf(trained);
    trained.forEach(layout::check);
  }

  @Override
  public Description describe() {
    return new Description(layout, samples, 1, data(), versions());
  }

  @Override
  public TrainedUpdate train(TrainingTask task, Parameters global) throws InterruptedException {
    describe().check(global);
    if (Thread.interrupted()) {
      throw new InterruptedException("Training was interrupted");
    }
    Parameters answer = trained.get(Math.min(task.round(), trained.size()) - 1);
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("loss", 1.0 / task.round());
    metrics.put("steps", 1.0);
    return new TrainedUpdate(answer, samples, metrics, new Provenance(data(), task, versions()));
  }

  @Override
  public Evaluation evaluate(Parameters parameters, Split split) {
    describe().check(parameters);
    Matrix one = Matrix.of(1, 1, 1);
    return Evaluation.of(new Outputs(Loss.BINARY_CROSS_ENTROPY, one), new Dataset(one, one, 2));
  }

  @Override
  public Matrix predict(Parameters parameters, Matrix features) {
    describe().check(parameters);
    return Matrix.takeOver(features.rows(), 1, new float[features.rows()]);
  }

  @Override
  public Statistics statistics() {
    throw new TrainerException("This trainer has no rows");
  }

  @Override
  public Trainer standardised(Standardisation by) {
    return this;
  }

  @Override
  public void close() {}

  private Digest data() {
    return trained.getFirst().digest();
  }

  private static SortedMap<String, String> versions() {
    return new TreeMap<>(java.util.Map.of("trainer", "fake"));
  }
}
