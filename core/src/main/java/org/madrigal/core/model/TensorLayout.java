package org.madrigal.core.model;

import java.util.List;

/**
 * Where each tensor of a model lies in the flat vector of its parameters: one tensor after the
 * other, each in row-major order.
 *
 * @param tensors at least one, together at most {@link Shape#MAX_ELEMENTS} elements
 */
public record TensorLayout(List<Tensor> tensors) {

  /** Refuses a layout without tensors or with too many elements. */
  public TensorLayout {
    tensors = List.copyOf(tensors);
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException(
          "A model needs at least one layer with parameters (linear or conv2d)");
    }
    long length = 0;
    for (Tensor tensor : tensors) {
      length += tensor.shape().elements();
    }
    if (length > Shape.MAX_ELEMENTS) {
      throw new IllegalArgumentException(
          "The model has %d parameters; at most %d are allowed"
              .formatted(length, Shape.MAX_ELEMENTS));
    }
  }

  /** The number of parameters of the whole model. */
  public int length() {
    return offset(tensors.size());
  }

  /** The place of the first element of tensor {@code index} in the flat vector. */
  public int offset(int index) {
    int offset = 0;
    for (Tensor tensor : tensors.subList(0, index)) {
      offset += tensor.shape().elements();
    }
    return offset;
  }

  /**
   * Checks that {@code parameters} has this layout's length.
   *
   * @throws IllegalArgumentException if it does not
   */
  public void check(Parameters parameters) {
    if (parameters.length() != length()) {
      throw new IllegalArgumentException(
          "The model has %d parameters, but %d were given"
              .formatted(length(), parameters.length()));
    }
  }
}
