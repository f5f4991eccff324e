package org.madrigal.bench;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.TensorLayout;
import org.madrigal.trainer.Description;
import org.madrigal.trainer.Evaluation;
import org.madrigal.trainer.Provenance;
import org.madrigal.trainer.TrainedUpdate;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.Split;

/** A trainer that costs nothing: it gives the same numbers, drawn once, in every round. */
final class StillTrainer implements Trainer {

  private final Description description;
  private final Parameters trained;

  StillTrainer(TensorLayout layout, int seed) {
    Random random = new Random(seed);
    float[] values = new float[layout.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    trained = Parameters.takeOver(values);
    description =
        new Description(
            layout,
            1,
            1,
            Digest.of(new byte[] {(byte) seed}),
            new TreeMap<>(Map.of("trainer", "still")));
  }

  @Override
  public Description describe() {
    return description;
  }

  @Override
  public TrainedUpdate train(TrainingTask task, Parameters global) {
    return new TrainedUpdate(
        trained,
        1,
        new TreeMap<>(Map.of("loss", 1.0)),
        new Provenance(description.data(), task, description.versions()));
  }

  @Override
  public Evaluation evaluate(Parameters parameters, Split split) {
    return new Evaluation(1, 1, new TreeMap<>(), Optional.empty());
  }

  @Override
  public Matrix predict(Parameters parameters, Matrix features) {
    return Matrix.takeOver(features.rows(), 1, new float[features.rows()]);
  }

  @Override
  public Statistics statistics() {
    throw new TrainerException("A trainer that stands still has no rows");
  }

  @Override
  public Trainer standardised(Standardisation by) {
    return this;
  }

  @Override
  public void close() {}
}
