package org.madrigal.trainer.data;

import java.util.List;

/**
 * Rows as they were read: encoded into inputs, but neither filled in nor scaled.
 *
 * @param features one row for each sample; NaN where a value is missing
 * @param targets one row for each sample: the class counted from 0, or the numbers to predict
 * @param classes the number of classes, or 0 where the targets are numbers
 */
public record Samples(Matrix features, Matrix targets, int classes) {

  /** Refuses features and targets of different length. */
  public Samples {
    if (features.rows() != targets.rows()) {
      throw new IllegalArgumentException(
          "%d rows of features cannot have %d targets".formatted(features.rows(), targets.rows()));
    }
  }

  /** The number of rows. */
  public int rows() {
    return features.rows();
  }

  /** The rows of all {@code parts}, one part after the other. */
  public static Samples concat(List<Samples> parts) {
    return new Samples(
        Matrix.concat(parts.stream().map(Samples::features).toList()),
        Matrix.concat(parts.stream().map(Samples::targets).toList()),
        parts.getFirst().classes());
  }

  /** The rows at {@code indexes}, in that order. */
  public Samples select(int[] indexes) {
    return new Samples(features.select(indexes), targets.select(indexes), classes);
  }

  /** The rows as they are, to be filled in and scaled later. */
  Dataset asRead() {
    return new Dataset(features, targets, classes);
  }

  /** The class of each row; only where the targets are classes. */
  public int[] labels() {
    int[] labels = new int[rows()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) targets.at(i, 0);
    }
    return labels;
  }
}
