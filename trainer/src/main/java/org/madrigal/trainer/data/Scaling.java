package org.madrigal.trainer.data;

import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Normalisation;
import org.madrigal.core.model.Standardisation;

/**
 * How missing inputs are filled in and inputs are scaled, learned from training rows only, the
 * member's or all members': (x - mean) / (deviation + 1e-9), with the sample standard deviation (n
 * - 1), if the charter says so.
 */
public final class Scaling {

  private static final double FLOOR = 1e-9;

  private final boolean standardise;
  private final double[] means;
  private final double[] deviations;

  private Scaling(boolean standardise, double[] means, double[] deviations) {
    this.standardise = standardise;
    this.means = means;
    this.deviations = deviations;
  }

  /** Fills in and scales as all members do. */
  public static Scaling of(Standardisation standardisation) {
    return new Scaling(
        true,
        standardisation.inputs().stream().mapToDouble(Standardisation.Input::mean).toArray(),
        standardisation.inputs().stream().mapToDouble(Standardisation.Input::deviation).toArray());
  }

  /**
   * Learns means and deviations of each input over the values that are there. With federated
   * normalisation there is nothing to learn from one member's rows.
   *
   * @throws DataException if an input has no value in any training row
   * @throws IllegalArgumentException if the normalisation is federated
   */
  public static Scaling fit(DataSpec spec, Samples train) {
    int columns = train.features().columns();
    if (!(spec instanceof DataSpec.Table table)) {
      return new Scaling(false, new double[columns], new double[columns]);
    }
    if (table.isFederated()) {
      throw new IllegalArgumentException("What all members' rows are like is for them to say");
    }
    double[] means = new double[columns];
    double[] deviations = new double[columns];
    for (int column = 0; column < columns; column++) {
      fit(train.features(), column, means, deviations);
    }
    return new Scaling(table.normalisation() == Normalisation.MEMBER, means, deviations);
  }

  /** The rows as a model sees them. */
  public Dataset apply(Samples samples) {
    return new Dataset(apply(samples.features()), samples.targets(), samples.classes());
  }

  /** Rows as they were read, as a model sees them. */
  Dataset apply(Dataset asRead) {
    return new Dataset(apply(asRead.features()), asRead.targets(), asRead.classes());
  }

  /** The inputs as a model sees them. */
  public Matrix apply(Matrix features) {
    if (features.columns() != means.length) {
      throw new IllegalArgumentException(
          "Rows of %d inputs cannot be scaled as rows of %d"
              .formatted(features.columns(), means.length));
    }
    if (!standardise && !features.hasMissing()) {
      return features; // shared: many members may be judged by the same rows
    }
    float[] values = features.toArray();
    for (int i = 0; i < values.length; i++) {
      int column = i % means.length;
      double value = Float.isNaN(values[i]) ? means[column] : values[i];
      values[i] =
          (float) (standardise ? (value - means[column]) / (deviations[column] + FLOOR) : value);
    }
    return Matrix.takeOver(features.rows(), features.columns(), values);
  }

  private static void fit(Matrix features, int column, double[] means, double[] deviations) {
    double sum = 0;
    int count = 0;
    for (int row = 0; row < features.rows(); row++) {
      float value = features.at(row, column);
      if (!Float.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    if (count == 0) {
      throw new DataException(
          "Input %d (the first is 0) is missing in all %d training rows: its mean cannot be learned"
              .formatted(column, features.rows()));
    }
    means[column] = sum / count;
    double squares = 0;
    for (int row = 0; row < features.rows(); row++) {
      float value = features.at(row, column);
      if (!Float.isNaN(value)) {
        squares += (value - means[column]) * (value - means[column]);
      }
    }
    deviations[column] = count == 1 ? 0 : Math.sqrt(squares / (count - 1));
  }
}
