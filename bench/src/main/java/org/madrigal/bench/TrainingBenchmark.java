package org.madrigal.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.Initialisation;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Loss;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.core.model.ModelSpec;
import org.madrigal.core.model.Normalisation;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Shape;
import org.madrigal.core.model.Target;
import org.madrigal.trainer.TrainedUpdate;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.RandomStream;
import org.madrigal.trainer.data.Samples;
import org.madrigal.trainer.djl.DjlTrainer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One member's round on PyTorch: a hospital's and that of a client of the digits. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TrainingBenchmark {

  private static final Recipe HOSPITAL =
      new Recipe(
          table(13),
          new ModelSpec(Shape.of(13), List.of(new Layer.Linear(1, true))),
          Loss.BINARY_CROSS_ENTROPY,
          new Optimiser.Sgd(0.001, 0, 0),
          new LocalTraining(new Amount.Steps(100), 4, 42, List.of()),
          List.of());

  private static final Recipe DIGITS =
      new Recipe(
          new DataSpec.Images(Shape.of(1, 28, 28), 10, 255),
          new ModelSpec(
              Shape.of(784),
              List.of(
                  new Layer.Linear(200, true),
                  Layer.Activation.RELU,
                  new Layer.Linear(200, true),
                  Layer.Activation.RELU,
                  new Layer.Linear(10, true))),
          Loss.CROSS_ENTROPY,
          new Optimiser.Sgd(0.01, 0, 0),
          new LocalTraining(new Amount.Epochs(1), 10, 42, List.of()),
          List.of());

  private final Trainer hospital = open(HOSPITAL, 199, 2);
  private final Trainer digits = open(DIGITS, 600, 10);
  private final Parameters hospitalStart = start(HOSPITAL);
  private final Parameters digitsStart = start(DIGITS);

  /** 100 steps of batch 4, 14 parameters. */
  @Benchmark
  public TrainedUpdate hundredStepsOfAHospital() throws InterruptedException {
    return hospital.train(TrainingTask.of(HOSPITAL, 1, 0, "member"), hospitalStart);
  }

  /** 60 steps of batch 10, 199,210 parameters. */
  @Benchmark
  public TrainedUpdate epochOfTheDigits() throws InterruptedException {
    return digits.train(TrainingTask.of(DIGITS, 1, 0, "member"), digitsStart);
  }

  private static Parameters start(Recipe recipe) {
    return Initialisation.UNIFORM.parameters(recipe.model(), 1);
  }

  private static Trainer open(Recipe recipe, int rows, int classes) {
    int inputs = recipe.data().inputs();
    RandomStream random = RandomStream.of("training benchmark");
    float[] features = new float[rows * inputs];
    float[] targets = new float[rows];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextDouble();
    }
    for (int i = 0; i < rows; i++) {
      targets[i] = random.nextInt(classes);
    }
    Samples samples =
        new Samples(
            Matrix.takeOver(rows, inputs, features), Matrix.takeOver(rows, 1, targets), classes);
    return DjlTrainer.factory(1).open(recipe, MemberData.of(recipe.data(), samples, samples));
  }

  private static DataSpec table(int inputs) {
    return new DataSpec.Table(
        IntStream.range(0, inputs).<Feature>mapToObj(i -> new Feature.Numeric("x" + i)).toList(),
        new Target.Above("y", 0),
        List.of(),
        List.of(),
        MissingPolicy.REFUSE,
        Normalisation.NONE);
  }
}
