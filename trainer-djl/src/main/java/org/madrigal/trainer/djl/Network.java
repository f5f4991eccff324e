package org.madrigal.trainer.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.ModelSpec;

/** The layers of a model, applied to batches. */
final class Network {

  private static final Shape NO_PADDING = new Shape(0, 0);
  private static final Shape DENSE = new Shape(1, 1);
  private static final float LEAK = 0.01f;

  private final ModelSpec model;

  Network(ModelSpec model) {
    this.model = model;
  }

  /** What happens to a dropout layer. */
  @FunctionalInterface
  interface Dropping {
    /** No element is dropped. */
    Dropping NONE = (layer, dropout, input) -> input;

    /** The input of layer number {@code layer} after the dropout. */
    NDArray apply(int layer, Layer.Dropout dropout, NDArray input);
  }

  /**
   * The outputs for a batch: (batch, input shape) gives (batch, output shape). Arrays in between
   * belong to the scope of {@code batch}.
   */
  NDArray forward(NDArray batch, Weights weights, Dropping dropping) {
    NDArray x = batch;
    int next = 0; // the first tensor of the layers to come
    for (int i = 0; i < model.layers().size(); i++) {
      switch (model.layers().get(i)) {
        case Layer.Linear linear when linear.bias() -> {
          x = Linear.linear(x, weights.leaf(next), weights.leaf(next + 1)).singletonOrThrow();
          next += 2;
        }
        case Layer.Linear linear -> {
          x = Linear.linear(x, weights.leaf(next)).singletonOrThrow();
          next += 1;
        }
        case Layer.Conv2d conv -> {
          x = convolve(x, weights.leaf(next), weights.leaf(next + 1), conv);
          next += 2;
        }
        case Layer.MaxPool2d pool ->
            x = Pool.maxPool2d(x, square(pool.kernel()), square(pool.stride()), NO_PADDING, false);
        case Layer.AvgPool2d pool ->
            x =
                Pool.avgPool2d(
                    x, square(pool.kernel()), square(pool.stride()), NO_PADDING, false, true);
        case Layer.Dropout dropout -> x = dropping.apply(i, dropout, x);
        case Layer.Flatten flatten -> x = x.reshape(x.getShape().get(0), -1);
        case Layer.Activation activation -> x = activate(x, activation);
      }
    }
    return x;
  }

  private static NDArray convolve(NDArray x, NDArray weight, NDArray bias, Layer.Conv2d conv) {
    return Conv2d.conv2d(x, weight, bias, square(conv.stride()), square(conv.padding()), DENSE, 1)
        .singletonOrThrow();
  }

  private static NDArray activate(NDArray x, Layer.Activation activation) {
    return switch (activation) {
      case RELU -> ai.djl.nn.Activation.relu(x);
      case LEAKY_RELU -> ai.djl.nn.Activation.leakyRelu(x, LEAK);
      case GELU -> ai.djl.nn.Activation.gelu(x);
      case SIGMOID -> ai.djl.nn.Activation.sigmoid(x);
      case TANH -> ai.djl.nn.Activation.tanh(x);
    };
  }

  private static Shape square(int side) {
    return new Shape(side, side);
  }
}
