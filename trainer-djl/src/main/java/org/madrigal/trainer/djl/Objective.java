package org.madrigal.trainer.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.List;
import org.madrigal.core.model.Loss;
import org.madrigal.trainer.data.Matrix;

/**
 * The loss of a batch. Targets come as a row of {@link #width()} numbers for each sample: the label
 * and its class weight (binary cross-entropy), the class weight at the place of the class and zeros
 * elsewhere (cross-entropy), or the numbers (mean squared error).
 */
final class Objective {

  private final Loss loss;
  private final List<Double> classWeights;
  private final int width;

  Objective(Loss loss, int outputs, List<Double> classWeights) {
    this.loss = loss;
    this.classWeights = classWeights;
    this.width = loss == Loss.BINARY_CROSS_ENTROPY ? (classWeights.isEmpty() ? 1 : 2) : outputs;
  }

  /** The numbers that say what a sample's target is. */
  int width() {
    return width;
  }

  /** Writes the target of {@code row} to {@code buffer} at {@code offset}. */
  void encode(Matrix targets, int row, float[] buffer, int offset) {
    switch (loss) {
      case BINARY_CROSS_ENTROPY -> {
        buffer[offset] = targets.at(row, 0);
        if (width == 2) {
          buffer[offset + 1] = classWeight((int) targets.at(row, 0));
        }
      }
      case CROSS_ENTROPY -> {
        int label = (int) targets.at(row, 0);
        buffer[offset + label] = classWeight(label);
      }
      case MEAN_SQUARED_ERROR -> {
        for (int i = 0; i < width; i++) {
          buffer[offset + i] = targets.at(row, i);
        }
      }
    }
  }

  /** The mean loss of a batch as a single number, from the outputs before sigmoid or softmax. */
  NDArray of(NDArray outputs, NDArray targets) {
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> {
        // log(1 + e^z) - y z
        if (width == 1) {
          yield Activation.softPlus(outputs).sub(outputs.mul(targets)).mean();
        }
        NDArray label = targets.get(":, 0:1");
        NDArray weight = targets.get(":, 1:2");
        yield Activation.softPlus(outputs).sub(outputs.mul(label)).mul(weight).mean();
      }
      case CROSS_ENTROPY ->
          outputs.logSoftmax(1).mul(targets).sum().div(-outputs.getShape().get(0));
      case MEAN_SQUARED_ERROR -> outputs.sub(targets).square().mean();
    };
  }

  private float classWeight(int label) {
    return classWeights.isEmpty() ? 1 : classWeights.get(label).floatValue();
  }
}
