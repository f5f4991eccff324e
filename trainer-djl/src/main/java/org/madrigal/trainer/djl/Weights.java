package org.madrigal.trainer.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Tensor;
import org.madrigal.core.model.TensorLayout;

/**
 * A model's parameters on the native side, tensor by tensor. Each tensor is there twice over the
 * same memory: as the leaf on which gradients are recorded, and plain, where it may be changed
 * while recording goes on.
 */
final class Weights {

  private final TensorLayout layout;
  private final List<NDArray> leaves = new ArrayList<>();
  private final List<NDArray> plain = new ArrayList<>();

  private Weights(TensorLayout layout) {
    this.layout = layout;
  }

  /** Copies {@code parameters}; with {@code trainable}, gradients can be recorded. */
  static Weights load(
      TensorLayout layout, Parameters parameters, NDManager scope, boolean trainable) {
    Weights weights = new Weights(layout);
    int offset = 0;
    for (Tensor tensor : layout.tensors()) {
      int end = offset + tensor.shape().elements();
      NDArray leaf = scope.create(parameters.toArray(offset, end), Torch.shape(tensor.shape()));
      weights.plain.add(trainable ? leaf.stopGradient() : leaf);
      if (trainable) {
        leaf.setRequiresGradient(true);
      }
      weights.leaves.add(leaf);
      offset = end;
    }
    return weights;
  }

  /** The number of tensors. */
  int size() {
    return leaves.size();
  }

  /** Tensor {@code index} as the network reads it. */
  NDArray leaf(int index) {
    return leaves.get(index);
  }

  /** Tensor {@code index} as the optimiser changes it. */
  NDArray plain(int index) {
    return plain.get(index);
  }

  /** A copy on the Java side. */
  Parameters save() {
    float[] values = new float[layout.length()];
    int offset = 0;
    for (NDArray tensor : plain) {
      float[] part = tensor.toFloatArray();
      System.arraycopy(part, 0, values, offset, part.length);
      offset += part.length;
    }
    return Parameters.takeOver(values);
  }
}
