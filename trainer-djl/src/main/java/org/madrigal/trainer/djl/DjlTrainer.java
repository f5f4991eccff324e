package org.madrigal.trainer.djl;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.trainer.Description;
import org.madrigal.trainer.Evaluation;
import org.madrigal.trainer.FederatedRows;
import org.madrigal.trainer.Outputs;
import org.madrigal.trainer.Provenance;
import org.madrigal.trainer.TrainedUpdate;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.TrainerFactory;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.Dataset;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Split;

/**
 * Trains on PyTorch inside this JVM, through DJL. One training runs at a time in a process; others
 * wait for it. Nothing is held on the native side between calls.
 */
public final class DjlTrainer implements Trainer {

  /** The most inputs judged or predicted at once (16 MiB). */
  private static final int CHUNK_VALUES = 1 << 22;

  private final Recipe recipe;
  private final MemberData data;
  private final Torch torch;
  private final Description description;
  private final Network network;

  private DjlTrainer(Recipe recipe, MemberData data, Torch torch) {
    this.recipe = recipe;
    this.data = data;
    this.torch = torch;
    this.network = new Network(recipe.model());
    this.description =
        new Description(
            recipe.model().layout(),
            data.train().rows(),
            data.test().rows(),
            data.train().digest(),
            torch.versions());
    checkInputs(data.train().features());
  }

  /**
   * Opens trainers on PyTorch with {@code threads} threads for its arithmetic. One thread gives the
   * same bytes on every run; more do so only mostly. All trainers of a process have the same
   * number.
   */
  public static TrainerFactory factory(int threads) {
    return (recipe, data) -> new DjlTrainer(recipe, data, Torch.load(threads));
  }

  @Override
  public Description describe() {
    return description;
  }

  @Override
  public TrainedUpdate train(TrainingTask task, Parameters global) throws InterruptedException {
    description.check(global);
    FederatedRows.checkScaled(data);
    try {
      TrainingRun.Result result = new TrainingRun(recipe, data.train(), task).run(torch, global);
      return new TrainedUpdate(
          result.trained(),
          data.train().rows(),
          result.metrics(),
          new Provenance(description.data(), task, description.versions()));
    } catch (EngineException e) {
      throw failed("train", e);
    }
  }

  @Override
  public Evaluation evaluate(Parameters parameters, Split split) throws InterruptedException {
    Dataset rows = split == Split.TRAIN ? data.train() : data.test();
    if (rows.rows() == 0) {
      throw new TrainerException("There are no %s rows to judge by".formatted(split.kind()));
    }
    return Evaluation.of(outputs(parameters, rows.features()), rows);
  }

  @Override
  public Matrix predict(Parameters parameters, Matrix features) throws InterruptedException {
    return outputs(parameters, features).predictions();
  }

  @Override
  public Statistics statistics() {
    return FederatedRows.statistics(recipe, data);
  }

  @Override
  public Trainer standardised(Standardisation by) {
    return FederatedRows.areIn(recipe)
        ? new DjlTrainer(recipe, FederatedRows.standardised(recipe, data, by), torch)
        : this;
  }

  @Override
  public void close() {}

  private Outputs outputs(Parameters parameters, Matrix features) throws InterruptedException {
    description.check(parameters);
    FederatedRows.checkScaled(data);
    checkInputs(features);
    int width = recipe.model().output().elements();
    float[] values = new float[Math.multiplyExact(features.rows(), width)];
    int atOnce = Math.max(1, CHUNK_VALUES / features.columns());
    try (NDManager scope = torch.scope()) {
      Weights weights = Weights.load(recipe.model().layout(), parameters, scope, false);
      for (int from = 0; from < features.rows(); from += atOnce) {
        if (Thread.interrupted()) {
          throw new InterruptedException(
              "Predicting was interrupted at row %d of %d".formatted(from, features.rows()));
        }
        int to = Math.min(features.rows(), from + atOnce);
        try (NDManager chunk = scope.newSubManager()) {
          NDArray batch =
              chunk.create(
                  features.toArray(from, to), Torch.batched(to - from, recipe.model().input()));
          float[] part = network.forward(batch, weights, Network.Dropping.NONE).toFloatArray();
          System.arraycopy(part, 0, values, from * width, part.length);
        }
      }
    } catch (EngineException e) {
      throw failed("predict", e);
    }
    return new Outputs(recipe.loss(), Matrix.takeOver(features.rows(), width, values));
  }

  private void checkInputs(Matrix features) {
    if (features.columns() != recipe.data().inputs()) {
      throw new TrainerException(
          "The model takes %d inputs, but the rows have %d"
              .formatted(recipe.data().inputs(), features.columns()));
    }
  }

  private static TrainerException failed(String what, EngineException cause) {
    return new TrainerException(
        "PyTorch could not %s: %s".formatted(what, cause.getMessage()), cause);
  }
}
