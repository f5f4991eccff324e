package org.madrigal.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.ColumnStatistics;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.Loss;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.TensorLayout;
import org.madrigal.core.model.ValueRange;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.trainer.Description;
import org.madrigal.trainer.Evaluation;
import org.madrigal.trainer.Outputs;
import org.madrigal.trainer.Provenance;
import org.madrigal.trainer.TrainedUpdate;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.Dataset;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.Split;

/**
 * A trainer whose result hangs on the seed, the member and the round alone, so that whoever knows
 * the seed knows what every sum must be.
 */
final class SimulatedTrainer implements Trainer {

  private static final int GRAIN = 256;
  private static final int TEST_ROWS = 1;

  private final Charter charter;
  private final MemberId member;
  private final Chance chance;
  private int failures;

  /** The trainer of {@code member}; {@code chance} is the same for all who ask what it gives. */
  SimulatedTrainer(Charter charter, MemberId member, Chance chance) {
    this.charter = charter;
    this.member = member;
    this.chance = chance;
  }

  /** Fails the next {@code times}. */
  void failNext(int times) {
    failures = times;
  }

  /** What the member learns in {@code round}: multiples of 1/256, within 1. */
  Parameters change(int round) {
    Chance own = chance.fork(member).fork(round);
    float[] change = new float[layout().length()];
    for (int i = 0; i < change.length; i++) {
      change[i] = own.between(-GRAIN, GRAIN) / (float) GRAIN;
    }
    return Parameters.takeOver(change);
  }

  @Override
  public Description describe() {
    return new Description(layout(), rows(), TEST_ROWS, data(), versions());
  }

  @Override
  public TrainedUpdate train(TrainingTask task, Parameters global) {
    if (failures > 0) {
      failures--;
      throw new TrainerException("The simulated trainer fails");
    }
    Parameters change = change(task.round());
    float[] trained = global.toArray();
    for (int i = 0; i < trained.length; i++) {
      trained[i] += change.at(i);
    }
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("loss", 1.0 / task.round());
    return new TrainedUpdate(
        Parameters.takeOver(trained), rows(), metrics, new Provenance(data(), task, versions()));
  }

  @Override
  public Evaluation evaluate(Parameters parameters, Split split) {
    Matrix one = Matrix.of(1, 1, 1);
    return Evaluation.of(new Outputs(Loss.MEAN_SQUARED_ERROR, one), new Dataset(one, one, 0));
  }

  @Override
  public Matrix predict(Parameters parameters, Matrix features) {
    return Matrix.takeOver(features.rows(), 1, new float[features.rows()]);
  }

  /** What the member's rows are like: whole numbers, so that sums of them are exact. */
  @Override
  public Statistics statistics() {
    List<ColumnStatistics> columns = new ArrayList<>();
    for (Feature feature : charter.federatedTable().orElseThrow().features()) {
      ValueRange range = ((Feature.Numeric) feature).range().orElseThrow();
      List<Long> histogram = new ArrayList<>();
      for (int bin = 0; bin < range.bins(); bin++) {
        histogram.add(bin == 0 ? (long) rows() : 0L);
      }
      columns.add(new ColumnStatistics.OfNumbers(range, 0, 0, histogram));
    }
    return new Statistics(rows(), columns, List.of());
  }

  @Override
  public Trainer standardised(Standardisation by) {
    return this;
  }

  @Override
  public void close() {}

  /** How many training rows the member has. */
  int rows() {
    return chance.fork(member).fork("rows").between(1, 200);
  }

  private TensorLayout layout() {
    return charter.layout();
  }

  private Digest data() {
    return Digest.of(member.value().getBytes(StandardCharsets.UTF_8));
  }

  private static SortedMap<String, String> versions() {
    TreeMap<String, String> versions = new TreeMap<>();
    versions.put("trainer", "simulated");
    return versions;
  }

  /** The change as the node computes it: trained minus global, in singles. */
  Parameters delta(int round, Parameters global) {
    Parameters change = change(round);
    float[] delta = new float[change.length()];
    for (int i = 0; i < delta.length; i++) {
      float trained = global.at(i) + change.at(i);
      delta[i] = trained - global.at(i);
    }
    return Parameters.takeOver(delta);
  }
}
