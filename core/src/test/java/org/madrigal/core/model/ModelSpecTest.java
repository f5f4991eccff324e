package org.madrigal.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelSpecTest {

  private static final Layer.Linear TEN = new Layer.Linear(10, true);

  @Test
  void infersTheShapesOfAConvolutionalNetwork() {
    ModelSpec lenet =
        new ModelSpec(
            Shape.of(1, 28, 28),
            List.of(
                new Layer.Conv2d(6, 5, 1, 2),
                Layer.Activation.TANH,
                new Layer.AvgPool2d(2, 2),
                new Layer.Conv2d(16, 5, 1, 0),
                new Layer.MaxPool2d(3, 2),
                new Layer.Dropout(0.5),
                new Layer.Flatten(),
                TEN));

    assertThat(lenet.shapes())
        .containsExactly(
            Shape.of(1, 28, 28),
            Shape.of(6, 28, 28),
            Shape.of(6, 28, 28),
            Shape.of(6, 14, 14),
            Shape.of(16, 10, 10),
            Shape.of(16, 4, 4),
            Shape.of(16, 4, 4),
            Shape.of(256),
            Shape.of(10));
    assertThat(lenet.output()).isEqualTo(Shape.of(10));
  }

  @Test
  void namesTensorsAsAStateDictionaryOfPyTorchDoes() {
    ModelSpec model =
        new ModelSpec(
            Shape.of(3, 8, 8),
            List.of(
                new Layer.Conv2d(2, 3, 2, 1),
                Layer.Activation.RELU,
                new Layer.Flatten(),
                new Layer.Linear(4, false),
                new Layer.Linear(5, true)));

    TensorLayout layout = model.layout();

    assertThat(layout.tensors())
        .containsExactly(
            new Tensor("0.weight", Shape.of(2, 3, 3, 3), 27),
            new Tensor("0.bias", Shape.of(2), 27),
            new Tensor("3.weight", Shape.of(4, 32), 32),
            new Tensor("4.weight", Shape.of(5, 4), 4),
            new Tensor("4.bias", Shape.of(5), 4));
    assertThat(layout.length()).isEqualTo(54 + 2 + 128 + 20 + 5);
    assertThat(layout.offset(2)).isEqualTo(56);
  }

  @Test
  void namesTheLayerThatDoesNotFit() {
    assertThatThrownBy(
            () -> new ModelSpec(Shape.of(1, 28, 28), List.of(new Layer.Conv2d(2, 5, 1, 0), TEN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Layer 1 (linear; the first is 0) does not fit: it takes a vector but gets [2, 24, 24];"
                + " put a flatten before it");
    assertThatThrownBy(
            () -> new ModelSpec(Shape.of(10), List.of(TEN, new Layer.Conv2d(2, 5, 1, 0))))
        .hasMessageContaining("Layer 1 (conv2d;")
        .hasMessageContaining("it takes an image (channels, height, width) but gets [10]");
    assertThatThrownBy(() -> new ModelSpec(Shape.of(1, 4, 4), List.of(new Layer.MaxPool2d(5, 1))))
        .hasMessageContaining("its kernel of 5 pixels is larger than its input [1, 4, 4]");
  }

  @Test
  void refusesModelsWithoutParametersOrWithTooManyLayers() {
    assertThatThrownBy(() -> new ModelSpec(Shape.of(4), List.of()))
        .hasMessage("A model has 1 to 256 layers, not 0");
    assertThatThrownBy(() -> new ModelSpec(Shape.of(4), List.of(Layer.Activation.RELU)))
        .hasMessageContaining("at least one layer with parameters");
    assertThatThrownBy(() -> new ModelSpec(Shape.of(10), Collections.nCopies(257, TEN)))
        .hasMessage("A model has 1 to 256 layers, not 257");
  }

  @Test
  void refusesSizesThatWouldOverflow() {
    assertThatThrownBy(() -> Shape.of(1 << 16, 1 << 16))
        .hasMessage("The shape [65536, 65536] has more than 134217728 elements");
    assertThatThrownBy(() -> Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 4))
        .hasMessageContaining("more than 134217728 elements");
    assertThatThrownBy(
            () -> new ModelSpec(Shape.of(1 << 20), List.of(new Layer.Linear(1 << 10, true))))
        .hasMessageContaining("Layer 0 (linear; the first is 0) does not fit");
    Layer wide = new Layer.Linear(1 << 13, false);
    assertThatThrownBy(() -> new ModelSpec(Shape.of(1 << 13), List.of(wide, wide, wide)))
        .hasMessage("The model has 201326592 parameters; at most 134217728 are allowed");
  }

  @Test
  void refusesSettingsOutOfRange() {
    assertThatThrownBy(() -> new Layer.Linear(0, true)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> new Layer.Conv2d(1, 3, 0, 0)).hasMessageContaining("stride");
    assertThatThrownBy(() -> new Layer.Dropout(1)).hasMessageContaining("not 1.0");
    assertThatThrownBy(() -> new Layer.Dropout(Double.NaN)).hasMessageContaining("not NaN");
    assertThatThrownBy(() -> Shape.of(3, 0)).hasMessageContaining("1 or more, not [3, 0]");
    assertThatThrownBy(Shape::of).hasMessageContaining("1 to 6 dimensions, not []");
  }
}
