package org.madrigal.core.model;

import java.util.List;

/**
 * One step of a feed-forward network. Semantics, defaults and tensor shapes are those of PyTorch's
 * modules of the same name, so that exported parameters fit a {@code torch.nn.Sequential}.
 */
public sealed interface Layer {

  /** The name in charters, such as {@code linear}. */
  String kind();

  /**
   * The shape of the output for one sample.
   *
   * @throws IllegalArgumentException if the layer cannot take {@code input}
   */
  Shape output(Shape input);

  /** The trainable tensors, named as in PyTorch ({@code weight}, {@code bias}), in their order. */
  default List<Tensor> tensors(Shape input) {
    return List.of();
  }

  /**
   * y = x W^T + b over a vector.
   *
   * @param outputs the length of y
   * @param bias whether b is there
   */
  record Linear(int outputs, boolean bias) implements Layer {
    /** Refuses fewer than one output. */
    public Linear {
      checkSize("the outputs of a linear layer", outputs, 1, Shape.MAX_ELEMENTS);
    }

    @Override
    public String kind() {
      return "linear";
    }

    @Override
    public Shape output(Shape input) {
      if (input.dimensions() != 1) {
        throw new IllegalArgumentException(
            "it takes a vector but gets %s; put a flatten before it".formatted(input));
      }
      return Shape.of(outputs);
    }

    @Override
    public List<Tensor> tensors(Shape input) {
      int fanIn = input.size(0);
      Tensor weight = new Tensor("weight", Shape.of(outputs, fanIn), fanIn);
      return bias ? List.of(weight, new Tensor("bias", Shape.of(outputs), fanIn)) : List.of(weight);
    }
  }

  /**
   * Cross-correlation of an image with square kernels, with a bias for each channel.
   *
   * @param channels the channels of the output
   * @param kernel the side of a kernel in pixels
   * @param stride the pixels between two applications
   * @param padding the zeros added on every side
   */
  record Conv2d(int channels, int kernel, int stride, int padding) implements Layer {
    /** Refuses sizes out of range. */
    public Conv2d {
      checkSize("the channels of a convolution", channels, 1, 1 << 16);
      checkSize("the kernel of a convolution", kernel, 1, 1 << 10);
      checkSize("the stride of a convolution", stride, 1, 1 << 10);
      checkSize("the padding of a convolution", padding, 0, 1 << 10);
    }

    @Override
    public String kind() {
      return "conv2d";
    }

    @Override
    public Shape output(Shape input) {
      return slide(input, channels, kernel, stride, padding);
    }

    @Override
    public List<Tensor> tensors(Shape input) {
      int fanIn = Math.multiplyExact(input.size(0), kernel * kernel);
      return List.of(
          new Tensor("weight", Shape.of(channels, input.size(0), kernel, kernel), fanIn),
          new Tensor("bias", Shape.of(channels), fanIn));
    }
  }

  /**
   * The largest value in each square window of an image.
   *
   * @param kernel the side of the window in pixels
   * @param stride the pixels between two windows
   */
  record MaxPool2d(int kernel, int stride) implements Layer {
    /** Refuses sizes out of range. */
    public MaxPool2d {
      checkSize("the kernel of a pooling layer", kernel, 1, 1 << 10);
      checkSize("the stride of a pooling layer", stride, 1, 1 << 10);
    }

    @Override
    public String kind() {
      return "max-pool2d";
    }

    @Override
    public Shape output(Shape input) {
      return slide(input, 0, kernel, stride, 0);
    }
  }

  /**
   * The mean value in each square window of an image.
   *
   * @param kernel the side of the window in pixels
   * @param stride the pixels between two windows
   */
  record AvgPool2d(int kernel, int stride) implements Layer {
    /** Refuses sizes out of range. */
    public AvgPool2d {
      checkSize("the kernel of a pooling layer", kernel, 1, 1 << 10);
      checkSize("the stride of a pooling layer", stride, 1, 1 << 10);
    }

    @Override
    public String kind() {
      return "avg-pool2d";
    }

    @Override
    public Shape output(Shape input) {
      return slide(input, 0, kernel, stride, 0);
    }
  }

  /**
   * While training, each element is zeroed with this probability and the others are divided by (1 -
   * probability); otherwise the input as it is.
   *
   * @param probability at least 0 and below 1
   */
  record Dropout(double probability) implements Layer {
    /** Refuses a probability out of range. */
    public Dropout {
      if (!(probability >= 0 && probability < 1)) {
        throw new IllegalArgumentException(
            "The probability of a dropout is at least 0 and below 1, not " + probability);
      }
    }

    @Override
    public String kind() {
      return "dropout";
    }

    @Override
    public Shape output(Shape input) {
      return input;
    }
  }

  /** All elements of a sample as one vector, the last dimension running fastest. */
  record Flatten() implements Layer {
    @Override
    public String kind() {
      return "flatten";
    }

    @Override
    public Shape output(Shape input) {
      return Shape.of(input.elements());
    }
  }

  /** A function of each element on its own. */
  enum Activation implements Layer {
    /** max(x, 0). */
    RELU("relu"),
    /** x where x is positive, else 0.01 x. */
    LEAKY_RELU("leaky-relu"),
    /** x Phi(x), with the exact normal distribution function Phi. */
    GELU("gelu"),
    /** 1 / (1 + e^-x). */
    SIGMOID("sigmoid"),
    /** The hyperbolic tangent. */
    TANH("tanh");

    private final String kind;

    Activation(String kind) {
      this.kind = kind;
    }

    @Override
    public String kind() {
      return kind;
    }

    @Override
    public Shape output(Shape input) {
      return input;
    }
  }

  /** The shape after a square window slid over an image; 0 channels keep those of the input. */
  private static Shape slide(Shape input, int channels, int kernel, int stride, int padding) {
    if (input.dimensions() != 3) {
      throw new IllegalArgumentException(
          "it takes an image (channels, height, width) but gets %s".formatted(input));
    }
    int height = input.size(1) + 2 * padding;
    int width = input.size(2) + 2 * padding;
    if (kernel > height || kernel > width) {
      throw new IllegalArgumentException(
          "its kernel of %d pixels is larger than its input %s with padding %d"
              .formatted(kernel, input, padding));
    }
    return Shape.of(
        channels == 0 ? input.size(0) : channels,
        (height - kernel) / stride + 1,
        (width - kernel) / stride + 1);
  }

  private static void checkSize(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "A size is out of range: %s must be between %d and %d, not %d"
              .formatted(what, least, most, value));
    }
  }
}
