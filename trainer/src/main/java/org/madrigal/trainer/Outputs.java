package org.madrigal.trainer;

import org.madrigal.core.model.Loss;
import org.madrigal.trainer.data.Dataset;
import org.madrigal.trainer.data.Matrix;

/**
 * What a model's last layer gave, before any sigmoid or softmax.
 *
 * @param loss the loss the model is trained with, which says what the values mean
 * @param values one row for each sample
 */
public record Outputs(Loss loss, Matrix values) {

  /** What the model predicts: probabilities, or numbers as they are. */
  public Matrix predictions() {
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> sigmoid();
      case CROSS_ENTROPY -> softmax();
      case MEAN_SQUARED_ERROR -> values;
    };
  }

  /** The class of each row: probability at least 0.5, or the first largest. */
  public int[] classes() {
    int[] classes = new int[values.rows()];
    for (int row = 0; row < classes.length; row++) {
      if (loss == Loss.BINARY_CROSS_ENTROPY) {
        classes[row] = values.at(row, 0) >= 0 ? 1 : 0;
      } else {
        for (int column = 1; column < values.columns(); column++) {
          if (values.at(row, column) > values.at(row, classes[row])) {
            classes[row] = column;
          }
        }
      }
    }
    return classes;
  }

  /** The mean loss over the rows, in doubles and without class weights. */
  public double meanLoss(Dataset data) {
    if (loss == Loss.MEAN_SQUARED_ERROR) {
      return Scores.meanSquaredError(data.targets(), values);
    }
    double sum = 0;
    for (int row = 0; row < values.rows(); row++) {
      int label = (int) data.targets().at(row, 0);
      if (loss == Loss.BINARY_CROSS_ENTROPY) {
        double z = values.at(row, 0);
        // log(1 + e^z) - label * z, without overflow
        sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - label * z;
      } else {
        sum += logSumExp(row) - values.at(row, label);
      }
    }
    return sum / values.rows();
  }

  private Matrix sigmoid() {
    float[] result = new float[values.rows()];
    for (int row = 0; row < result.length; row++) {
      result[row] = (float) (1 / (1 + Math.exp(-values.at(row, 0))));
    }
    return Matrix.takeOver(result.length, 1, result);
  }

  private Matrix softmax() {
    float[] result = new float[values.rows() * values.columns()];
    for (int row = 0; row < values.rows(); row++) {
      double norm = logSumExp(row);
      for (int column = 0; column < values.columns(); column++) {
        result[row * values.columns() + column] = (float) Math.exp(values.at(row, column) - norm);
      }
    }
    return Matrix.takeOver(values.rows(), values.columns(), result);
  }

  private double logSumExp(int row) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int column = 0; column < values.columns(); column++) {
      largest = Math.max(largest, values.at(row, column));
    }
    double sum = 0;
    for (int column = 0; column < values.columns(); column++) {
      sum += Math.exp(values.at(row, column) - largest);
    }
    return largest + Math.log(sum);
  }
}
