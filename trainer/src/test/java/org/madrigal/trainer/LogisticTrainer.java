package org.madrigal.trainer;

import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.model.Loss;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.trainer.data.Dataset;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Split;

/**
 * A real trainer in plain Java, for tests: one linear layer with a bias, binary cross-entropy and
 * SGD. It needs no native library and is what other trainers are compared with.
 */
public final class LogisticTrainer implements Trainer {

  private final Recipe recipe;
  private final MemberData data;

  /** A trainer for a recipe of one linear layer with one output. */
  public LogisticTrainer(Recipe recipe, MemberData data) {
    if (recipe.loss() != Loss.BINARY_CROSS_ENTROPY || recipe.model().layers().size() != 1) {
      throw new TrainerException("This trainer knows one linear layer with one output only");
    }
    this.recipe = recipe;
    this.data = data;
  }

  @Override
  public Description describe() {
    return new Description(
        recipe.model().layout(),
        data.train().rows(),
        data.test().rows(),
        data.train().digest(),
        versions());
  }

  @Override
  public TrainedUpdate train(TrainingTask task, Parameters global) throws InterruptedException {
    describe().check(global);
    FederatedRows.checkScaled(data);
    if (!(task.optimiser() instanceof Optimiser.Sgd sgd)) {
      throw new TrainerException("This trainer knows SGD only");
    }
    int rows = data.train().rows();
    int length = global.length();
    double[] start = doubles(global);
    double[] theta = start.clone();
    double[] velocity = new double[length];
    double loss = 0;
    long steps = task.steps(rows);
    BatchOrder batches = task.batches(rows);
    for (long step = 0; step < steps; step++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("Training was interrupted");
      }
      double[] gradient = new double[length];
      int[] batch = batches.batch(task.firstStep(rows) + step);
      loss += gradient(theta, batch, task, gradient);
      for (int i = 0; i < length; i++) {
        gradient[i] += task.proximalMu() * (theta[i] - start[i]) + sgd.weightDecay() * theta[i];
        velocity[i] = sgd.momentum() * velocity[i] + gradient[i];
        theta[i] = (float) (theta[i] - sgd.rate() * velocity[i]);
      }
    }
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("loss", loss / steps);
    metrics.put("steps", (double) steps);
    return new TrainedUpdate(
        singles(theta), rows, metrics, new Provenance(data.train().digest(), task, versions()));
  }

  @Override
  public Evaluation evaluate(Parameters parameters, Split split) {
    Dataset rows = split == Split.TRAIN ? data.train() : data.test();
    describe().check(parameters);
    FederatedRows.checkScaled(data);
    if (rows.rows() == 0) {
      throw new TrainerException("There are no %s rows to judge by".formatted(split.kind()));
    }
    return Evaluation.of(outputs(parameters, rows.features()), rows);
  }

  @Override
  public Matrix predict(Parameters parameters, Matrix features) {
    describe().check(parameters);
    FederatedRows.checkScaled(data);
    if (features.columns() != recipe.data().inputs()) {
      throw new TrainerException(
          "The model takes %d inputs, but the rows have %d"
              .formatted(recipe.data().inputs(), features.columns()));
    }
    return outputs(parameters, features).predictions();
  }

  @Override
  public Statistics statistics() {
    return FederatedRows.statistics(recipe, data);
  }

  @Override
  public Trainer standardised(Standardisation by) {
    return FederatedRows.areIn(recipe)
        ? new LogisticTrainer(recipe, FederatedRows.standardised(recipe, data, by))
        : this;
  }

  @Override
  public void close() {}

  private double gradient(double[] theta, int[] batch, TrainingTask task, double[] gradient) {
    double loss = 0;
    for (int row : batch) {
      double z = logit(theta, data.train().features(), row);
      int label = (int) data.train().targets().at(row, 0);
      double weight =
          task.local().classWeights().isEmpty() ? 1 : task.local().classWeights().get(label);
      loss +=
          weight * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - label * z) / batch.length;
      double slope = weight * (1 / (1 + Math.exp(-z)) - label) / batch.length;
      for (int i = 0; i < theta.length - 1; i++) {
        gradient[i] += slope * data.train().features().at(row, i);
      }
      gradient[theta.length - 1] += slope;
    }
    return loss;
  }

  private Outputs outputs(Parameters parameters, Matrix features) {
    double[] theta = doubles(parameters);
    float[] values = new float[features.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = (float) logit(theta, features, row);
    }
    return new Outputs(recipe.loss(), Matrix.takeOver(values.length, 1, values));
  }

  private static double logit(double[] theta, Matrix features, int row) {
    double z = theta[theta.length - 1];
    for (int i = 0; i < theta.length - 1; i++) {
      z += theta[i] * features.at(row, i);
    }
    return z;
  }

  private static double[] doubles(Parameters parameters) {
    double[] values = new double[parameters.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = parameters.at(i);
    }
    return values;
  }

  private static Parameters singles(double[] theta) {
    float[] values = new float[theta.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) theta[i];
    }
    return Parameters.takeOver(values);
  }

  private static SortedMap<String, String> versions() {
    return new TreeMap<>(java.util.Map.of("trainer", "logistic"));
  }
}
