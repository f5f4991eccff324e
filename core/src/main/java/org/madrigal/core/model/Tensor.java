package org.madrigal.core.model;

/**
 * A named tensor of a model.
 *
 * @param name as in a PyTorch state dictionary: {@code 0.weight}
 * @param shape the sizes of its dimensions
 * @param fanIn the number of inputs that reach one output of its layer, which sets the range of
 *     initial values
 */
public record Tensor(String name, Shape shape, int fanIn) {

  /** Refuses a name without characters and a fan-in below 1. */
  public Tensor {
    if (name.isEmpty() || fanIn < 1) {
      throw new IllegalArgumentException(
          "A tensor has a name and a fan-in of 1 or more, not '%s' and %d".formatted(name, fanIn));
    }
  }

  /** The same tensor with {@code prefix} and a dot before its name. */
  Tensor under(String prefix) {
    return new Tensor(prefix + "." + name, shape, fanIn);
  }
}
