package org.madrigal.trainer.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.trainer.BatchOrder;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.Dataset;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.RandomStream;

/**
 * One round of training. Rows are copied to the native side for many steps at once, since each call
 * costs more than a small model's arithmetic; what a step makes is freed with the step.
 */
final class TrainingRun {

  /** The most inputs copied at once (4 MiB), and the most steps. */
  private static final int CHUNK_VALUES = 1 << 20;

  private static final int CHUNK_STEPS = 256;

  private final Recipe recipe;
  private final Dataset data;
  private final TrainingTask task;
  private final Network network;
  private final Objective objective;
  private final BatchOrder order;
  private final long firstStep;
  private final long steps;

  TrainingRun(Recipe recipe, Dataset data, TrainingTask task) {
    this.recipe = recipe;
    this.data = data;
    this.task = task;
    this.network = new Network(recipe.model());
    this.objective =
        new Objective(
            recipe.loss(), recipe.model().output().elements(), task.local().classWeights());
    this.order = task.batches(data.rows());
    this.firstStep = task.firstStep(data.rows());
    this.steps = task.steps(data.rows());
  }

  /** The parameters after training, and what was seen on the way. */
  record Result(Parameters trained, SortedMap<String, Double> metrics) {}

  Result run(Torch torch, Parameters global) throws InterruptedException {
    try (NDManager scope = torch.scope();
        Torch.Recording recording = torch.record()) {
      Weights weights = Weights.load(recipe.model().layout(), global, scope, true);
      Weights start = Weights.load(recipe.model().layout(), global, scope, false);
      Descent descent = Descent.of(task.optimiser(), weights, scope);
      double losses = 0;
      for (long step = 0; step < steps; ) {
        int count = (int) Math.min(stepsOfChunk(), steps - step);
        try (NDManager chunk = scope.newSubManager()) {
          losses += runChunk(recording, chunk, weights, start, descent, step, count);
        }
        step += count;
      }
      SortedMap<String, Double> metrics = new TreeMap<>();
      metrics.put("loss", losses / steps);
      metrics.put("steps", (double) steps);
      return new Result(weights.save(), metrics);
    }
  }

  private int stepsOfChunk() {
    long values = (long) task.local().batchSize() * data.features().columns();
    return Math.clamp(CHUNK_VALUES / values, 1, CHUNK_STEPS);
  }

  private double runChunk(
      Torch.Recording recording,
      NDManager chunk,
      Weights weights,
      Weights start,
      Descent descent,
      long step,
      int count)
      throws InterruptedException {
    Batches batches = load(chunk, firstStep + step, count);
    double losses = 0;
    for (int i = 0; i < count; i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException(
            "Training was interrupted at step %d of %d".formatted(step + i, steps));
      }
      try (NDManager scope = chunk.newSubManager()) {
        NDArray inputs = batches.inputs.get(i);
        NDArray targets = batches.targets.get(i);
        inputs.attach(scope);
        targets.attach(scope);
        Network.Dropping dropping = dropping(firstStep + step + i);
        NDArray loss = objective.of(network.forward(inputs, weights, dropping), targets);
        recording.backward(loss);
        losses += finite(loss.getFloat(), step + i);
        change(weights, start, descent);
      }
    }
    return losses;
  }

  /** Applies the gradients and sets them back to zero. */
  private void change(Weights weights, Weights start, Descent descent) {
    for (int i = 0; i < weights.size(); i++) {
      NDArray parameter = weights.plain(i);
      try (NDArray gradient = weights.leaf(i).getGradient()) {
        if (task.proximalMu() > 0) {
          try (NDArray pull = parameter.sub(start.plain(i))) {
            gradient.addi(pull.muli(task.proximalMu()));
          }
        }
        descent.change(i, parameter, gradient);
        gradient.subi(gradient);
      }
    }
  }

  private Batches load(NDManager chunk, long step, int count) {
    int[][] rows = new int[count][];
    long[] ends = new long[count - 1];
    int total = 0;
    for (int i = 0; i < count; i++) {
      rows[i] = order.batch(step + i);
      total += rows[i].length;
      if (i < count - 1) {
        ends[i] = total;
      }
    }
    int[] all = Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
    Matrix features = data.features();
    float[] inputs = new float[Math.multiplyExact(total, features.columns())];
    features.copyRows(all, 0, total, inputs);
    float[] targets = new float[Math.multiplyExact(total, objective.width())];
    for (int i = 0; i < total; i++) {
      objective.encode(data.targets(), all[i], targets, i * objective.width());
    }
    NDArray x = chunk.create(inputs, Torch.batched(total, recipe.model().input()));
    NDArray y = chunk.create(targets, new ai.djl.ndarray.types.Shape(total, objective.width()));
    return count == 1
        ? new Batches(new NDList(x), new NDList(y))
        : new Batches(x.split(ends), y.split(ends));
  }

  /** Zeroes elements by masks drawn for this member, step and layer. */
  private Network.Dropping dropping(long step) {
    return (int layer, Layer.Dropout dropout, NDArray input) -> {
      if (dropout.probability() == 0) {
        return input;
      }
      RandomStream random =
          RandomStream.of(
              "madrigal/dropout/1", task.local().seed(), task.memberSeed(), step, layer);
      float kept = (float) (1 / (1 - dropout.probability()));
      float[] mask = new float[Math.toIntExact(input.size())];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = random.nextDouble() < dropout.probability() ? 0 : kept;
      }
      return input.mul(input.getManager().create(mask, input.getShape()));
    };
  }

  private static double finite(float loss, long step) {
    if (!Float.isFinite(loss)) {
      throw new TrainerException(
          "Training diverged: the loss became %s at step %d; choose a smaller learning rate"
              .formatted(loss, step));
    }
    return loss;
  }

  /** The rows and targets of some steps, one batch each. */
  private record Batches(NDList inputs, NDList targets) {}
}
