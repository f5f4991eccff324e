package org.madrigal.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RecipeTest {

  private static final Optimiser SGD = new Optimiser.Sgd(0.1, 0, 0);
  private static final LocalTraining LOCAL =
      new LocalTraining(new Amount.Epochs(1), 10, 1, List.of());

  @Test
  void expressesTheFourHospitals() {
    Recipe heart = Recipes.heart(SGD);

    assertThat(heart.data().inputs()).isEqualTo(13);
    assertThat(heart.data().classes()).isEqualTo(2);
    assertThat(heart.model().layout().length()).isEqualTo(14);
  }

  @Test
  void expressesTheDigits() {
    assertThat(Recipes.digits().model().layout().length()).isEqualTo(199_210);
  }

  @Test
  void expressesTheNetworkOfTheSpecification() {
    List<String> columns = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    DataSpec data =
        new DataSpec.Table(
            columns.stream().<Feature>map(Feature.Numeric::new).toList(),
            new Target.Numbers(columns),
            List.of(),
            List.of(""),
            MissingPolicy.MEAN,
            Normalisation.NONE);
    ModelSpec model =
        new ModelSpec(
            Shape.of(10),
            List.of(
                new Layer.Linear(128, true),
                Layer.Activation.RELU,
                new Layer.Linear(64, true),
                Layer.Activation.RELU,
                new Layer.Linear(10, true)));

    Recipe recipe =
        new Recipe(
            data,
            model,
            Loss.MEAN_SQUARED_ERROR,
            new Optimiser.Adam(0.001, 0.9, 0.999, 1e-8),
            LOCAL,
            List.of(Metric.R2));

    assertThat(recipe.model().layout().length()).isEqualTo(10_314);
  }

  @Test
  void refusesAModelOfAnotherWidthThanTheData() {
    assertThatThrownBy(
            () -> recipe(new ModelSpec(Shape.of(12), List.of(new Layer.Linear(1, true)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The model takes 12 inputs [12], but the data gives 13");
  }

  @Test
  void refusesAnOutputThatTheLossCannotTake() {
    assertThatThrownBy(
            () -> recipe(new ModelSpec(Shape.of(13), List.of(new Layer.Linear(2, true)))))
        .hasMessage("The loss binary-cross-entropy needs a model whose output is [1], not [2]");
  }

  @Test
  void refusesASigmoidThatTheLossAppliesItself() {
    assertThatThrownBy(() ->
            recipe(
                new ModelSpec(
                    Shape.of(13), List.of(new Layer.Linear(1, true), Layer.Activation.SIGMOID))))
        .hasMessageContaining("applies the sigmoid or softmax itself");
  }

  @Test
  void refusesLossesAndMetricsThatDoNotFitTheTarget() {
    DataSpec heart = Recipes.heartData();
    ModelSpec model = Recipes.heartModel();
    assertThatThrownBy(
            () -> new Recipe(heart, model, Loss.MEAN_SQUARED_ERROR, SGD, LOCAL, List.of()))
        .hasMessageContaining("needs a target of numbers, not of classes");
    assertThatThrownBy(() ->
            new Recipe(heart, model, Loss.BINARY_CROSS_ENTROPY, SGD, LOCAL, List.of(Metric.R2)))
        .hasMessage(
            "The metric r2 cannot be measured on a model with the loss binary-cross-entropy");
    assertThatThrownBy(() ->
            new Recipe(
                heart,
                model,
                Loss.BINARY_CROSS_ENTROPY,
                SGD,
                LOCAL,
                List.of(Metric.AUC, Metric.AUC)))
        .hasMessageContaining("named twice");
    LocalTraining weighted = new LocalTraining(LOCAL.amount(), 4, 1, List.of(1.0, 2.0, 3.0));
    assertThatThrownBy(
            () -> new Recipe(heart, model, Loss.BINARY_CROSS_ENTROPY, SGD, weighted, List.of()))
        .hasMessage("The target has 2 classes, but there are 3 class weights");
  }

  @Test
  void refusesColumnsThatGiveTheTargetAway() {
    assertThatThrownBy(() -> table(List.of("TWF", "torque"), List.of("TWF")))
        .hasMessage("The column 'TWF' is both a feature and ignored");
    assertThatThrownBy(() -> table(List.of("failure"), List.of()))
        .hasMessage("The column 'failure' is both a feature and the target");
    assertThatThrownBy(() -> table(List.of("torque", "torque"), List.of()))
        .hasMessage("The column 'torque' is a feature twice");
    assertThatThrownBy(() -> table(List.of(), List.of()))
        .hasMessage("A table makes 1 to 65536 inputs, not 0");
    assertThatThrownBy(() -> table(List.of(" torque"), List.of()))
        .hasMessageContaining("not ' torque'");
    assertThatThrownBy(() -> new Feature.OneHot("type", List.of("L", "L"), false))
        .hasMessageContaining("must differ from each other");
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatThrownBy(() -> new Optimiser.Sgd(0, 0, 0)).hasMessageContaining("not 0.0");
    assertThatThrownBy(() -> new Optimiser.Sgd(0.1, 1, 0)).hasMessageContaining("momentum");
    assertThatThrownBy(() -> new Optimiser.Adam(0.1, 0.9, Double.NaN, 1e-8))
        .hasMessageContaining("beta2");
    assertThatThrownBy(() -> new Amount.Steps(0)).hasMessageContaining("steps, not 0");
    assertThatThrownBy(() -> new LocalTraining(new Amount.Steps(1), 0, 1, List.of()))
        .hasMessageContaining("batch size");
    assertThatThrownBy(() -> new LocalTraining(new Amount.Steps(1), 1, 1, List.of(1.0, -1.0)))
        .hasMessageContaining("-1.0");
    assertThatThrownBy(() -> new Target.Above("num", Double.POSITIVE_INFINITY))
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> new DataSpec.Images(Shape.of(28, 28), 10, 255))
        .hasMessageContaining("channels, height and width");
  }

  private static Recipe recipe(ModelSpec model) {
    return new Recipe(Recipes.heartData(), model, Loss.BINARY_CROSS_ENTROPY, SGD, LOCAL, List.of());
  }

  private static DataSpec table(List<String> features, List<String> ignored) {
    return new DataSpec.Table(
        features.stream().<Feature>map(Feature.Numeric::new).toList(),
        new Target.Above("failure", 0.5),
        ignored,
        List.of(),
        MissingPolicy.REFUSE,
        Normalisation.NONE);
  }
}
