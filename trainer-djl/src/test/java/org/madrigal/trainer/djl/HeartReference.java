package org.madrigal.trainer.djl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Initialisation;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Loss;
import org.madrigal.core.model.Metric;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Recipes;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerFactory;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Split;

/**
 * Fed-Heart-Disease without any ledger: the trainer and the plainest loop of each strategy, to
 * compare with the published reference. Prints the pooled test accuracy of each method, the mean
 * over seeds.
 */
final class HeartReference {

  private final TrainerFactory factory = DjlTrainer.factory(1);
  private final DataSpec.Table spec = Recipes.heartData();
  private final MemberData pooled;
  private final List<MemberData> hospitals = new ArrayList<>();

  HeartReference(Path folder) {
    pooled = HeartDisease.pooled(spec, folder);
    for (int i = 0; i < HeartDisease.HOSPITALS.size(); i++) {
      hospitals.add(MemberData.read(spec, HeartDisease.files(folder, i)));
    }
  }

  /** Arguments: the folder of the data, the number of seeds. */
  public static void main(String[] arguments) throws InterruptedException {
    HeartReference reference = new HeartReference(Path.of(arguments[0]));
    int seeds = Integer.parseInt(arguments[1]);
    double[] sums = new double[5];
    for (int seed = 42; seed < 42 + seeds; seed++) {
      sums[0] += reference.trainedTogether(seed);
      sums[1] += reference.federated(seed, 0.001, Server.AVERAGE);
      sums[2] += reference.federated(seed, 0.003162, Server.ADAGRAD);
      sums[3] += reference.federated(seed, 0.01, Server.ADAM);
      sums[4] += reference.federated(seed, 0.003162, Server.YOGI);
    }
    List<String> names = List.of("pooled", "FedAvg", "FedAdagrad", "FedAdam", "FedYogi");
    for (int i = 0; i < sums.length; i++) {
      System.out.printf("%-10s %.4f%n", names.get(i), sums[i] / seeds);
    }
  }

  /** How the server turns mean differences into a step. */
  enum Server {
    AVERAGE(0),
    ADAGRAD(0.316228),
    ADAM(0.01),
    YOGI(0.01);

    private final double rate;

    Server(double rate) {
      this.rate = rate;
    }

    private double secondMoment(double v, double square) {
      return switch (this) {
        case AVERAGE -> 0;
        case ADAGRAD -> v + square;
        case ADAM -> 0.999 * v + 0.001 * square;
        case YOGI -> v - 0.001 * square * Math.signum(v - square);
      };
    }
  }

  /** Pooled test accuracy of one model trained on all rows: Adam, 50 epochs. */
  double trainedTogether(long seed) throws InterruptedException {
    Optimiser adam = new Optimiser.Adam(0.001, 0.9, 0.999, 1e-8);
    Recipe recipe = recipe(adam, new Amount.Epochs(50), seed);
    try (Trainer trainer = factory.open(recipe, pooled)) {
      Parameters trained =
          trainer.train(TrainingTask.of(recipe, 1, 0, "pooled"), start(recipe, seed)).trained();
      return trainer.evaluate(trained, Split.TEST).accuracy().orElseThrow();
    }
  }

  /** Pooled test accuracy after 15 rounds of 100 local steps. */
  double federated(long seed, double localRate, Server server) throws InterruptedException {
    Recipe recipe = recipe(new Optimiser.Sgd(localRate, 0, 0), new Amount.Steps(100), seed);
    Parameters global = start(recipe, seed);
    double[] first = new double[global.length()];
    double[] second = new double[global.length()];
    for (int round = 1; round <= 15; round++) {
      double[] mean = meanDifference(recipe, global, round);
      float[] next = global.toArray();
      for (int i = 0; i < next.length; i++) {
        first[i] = 0.9 * first[i] + 0.1 * mean[i];
        second[i] = server.secondMoment(second[i], mean[i] * mean[i]);
        next[i] +=
            (float)
                (server == Server.AVERAGE
                    ? mean[i]
                    : server.rate * first[i] / (Math.sqrt(second[i]) + 1e-8));
      }
      global = Parameters.takeOver(next);
    }
    try (Trainer judge = factory.open(recipe, pooled)) {
      return judge.evaluate(global, Split.TEST).accuracy().orElseThrow();
    }
  }

  private double[] meanDifference(Recipe recipe, Parameters global, int round)
      throws InterruptedException {
    double[] sum = new double[global.length()];
    int rows = hospitals.stream().mapToInt(data -> data.train().rows()).sum();
    for (int i = 0; i < hospitals.size(); i++) {
      try (Trainer trainer = factory.open(recipe, hospitals.get(i))) {
        TrainingTask task = TrainingTask.of(recipe, round, 0, HeartDisease.HOSPITALS.get(i));
        Parameters difference = trainer.train(task, global).trained().minus(global);
        double weight = (double) hospitals.get(i).train().rows() / rows;
        for (int j = 0; j < sum.length; j++) {
          sum[j] += weight * difference.at(j);
        }
      }
    }
    return sum;
  }

  private Recipe recipe(Optimiser optimiser, Amount amount, long seed) {
    return new Recipe(
        spec,
        Recipes.heartModel(),
        Loss.BINARY_CROSS_ENTROPY,
        optimiser,
        new LocalTraining(amount, 4, seed, List.of()),
        List.of(Metric.ACCURACY));
  }

  private static Parameters start(Recipe recipe, long seed) {
    return Initialisation.UNIFORM.parameters(recipe.model(), seed);
  }
}
