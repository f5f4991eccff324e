package org.madrigal.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainingTask;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Rows;
import org.madrigal.trainer.data.Samples;
import org.madrigal.trainer.data.Split;

/**
 * One full-batch step of SGD at rate 1 moves by minus the gradient. It is compared with central
 * differences of the loss, which is computed in Java doubles from the outputs.
 */
final class GradientTest {

  private static final LocalTraining ONE_STEP =
      new LocalTraining(new Amount.Steps(1), 1000, 1, List.of());
  private static final Optimiser PLAIN = new Optimiser.Sgd(1, 0, 0);

  @ParameterizedTest
  @EnumSource(Layer.Activation.class)
  void followsTheLossThroughEveryActivation(Layer.Activation activation)
      throws InterruptedException {
    checkNumbers(
        new ModelSpec(
            Shape.of(3),
            List.of(new Layer.Linear(4, true), activation, new Layer.Linear(2, false))));
  }

  @Test
  void followsTheLossThroughConvolutionAndMeanPooling() throws InterruptedException {
    checkImages(
        List.of(
            new Layer.Conv2d(2, 3, 1, 1),
            Layer.Activation.TANH,
            new Layer.AvgPool2d(2, 2),
            new Layer.Flatten(),
            new Layer.Linear(3, true)));
  }

  @Test
  void followsTheLossThroughStridesAndMaximumPooling() throws InterruptedException {
    checkImages(
        List.of(
            new Layer.Conv2d(3, 2, 2, 0),
            new Layer.MaxPool2d(2, 1),
            new Layer.Dropout(0),
            new Layer.Flatten(),
            new Layer.Linear(3, true)));
  }

  @Test
  void followsBinaryCrossEntropy() throws InterruptedException {
    ModelSpec model =
        new ModelSpec(
            Shape.of(3),
            List.of(new Layer.Linear(4, true), Layer.Activation.TANH, new Layer.Linear(1, true)));
    check(
        recipe(table(3, new Target.Above("y", 0)), model, Loss.BINARY_CROSS_ENTROPY),
        Rows.twoClasses(12, 3, 5));
  }

  private static void checkNumbers(ModelSpec model) throws InterruptedException {
    DataSpec data = table(3, new Target.Numbers(List.of("y0", "y1")));
    check(recipe(data, model, Loss.MEAN_SQUARED_ERROR), Rows.numbers(12, 3, 2, 4));
  }

  private static void checkImages(List<Layer> layers) throws InterruptedException {
    DataSpec data = new DataSpec.Images(Shape.of(2, 4, 4), 3, 1);
    ModelSpec model = new ModelSpec(Shape.of(2, 4, 4), layers);
    check(recipe(data, model, Loss.CROSS_ENTROPY), Rows.classes(9, 32, 3, 6));
  }

  private static void check(Recipe recipe, Samples samples) throws InterruptedException {
    MemberData data = MemberData.of(recipe.data(), samples, samples);
    Parameters start = Initialisation.UNIFORM.parameters(recipe.model(), 11);
    try (Trainer trainer = DjlTrainer.factory(1).open(recipe, data)) {
      Parameters trained = trainer.train(TrainingTask.of(recipe, 1, 0, "a"), start).trained();
      float[] gradient = start.minus(trained).toArray();
      for (int i = 0; i < gradient.length; i++) {
        double step = 1e-3; // small, or it steps over kinks
        double slope =
            (lossAt(trainer, start, i, step) - lossAt(trainer, start, i, -step)) / (2 * step);
        assertThat((double) gradient[i]).as("parameter %d", i).isCloseTo(slope, within(2e-3));
      }
    }
  }

  private static double lossAt(Trainer trainer, Parameters start, int index, double step)
      throws InterruptedException {
    float[] moved = start.toArray();
    moved[index] += (float) step;
    return trainer.evaluate(Parameters.of(moved), Split.TRAIN).loss();
  }

  private static Recipe recipe(DataSpec data, ModelSpec model, Loss loss) {
    return new Recipe(data, model, loss, PLAIN, ONE_STEP, List.of());
  }

  private static DataSpec.Table table(int inputs, Target target) {
    List<Feature> features =
        java.util.stream.IntStream.range(0, inputs)
            .<Feature>mapToObj(i -> new Feature.Numeric("x" + i))
            .toList();
    return new DataSpec.Table(
        features, target, List.of(), List.of(), MissingPolicy.REFUSE, Normalisation.NONE);
  }
}
