package org.madrigal.core.model;

/** A figure by which a model is judged on rows it was not trained on. */
public enum Metric {
  /** The share of samples whose class is predicted; with two classes, at probability 0.5. */
  ACCURACY("accuracy", 1),
  /** The area under the receiver operating characteristic; undefined with one class only. */
  AUC("auc", 2),
  /** The mean of the precisions at each rise of recall; undefined without positives. */
  AVERAGE_PRECISION("average-precision", 3),
  /** How many samples of each true class were given each predicted class. */
  CONFUSION("confusion", 4),
  /** The mean of the squared errors. */
  MEAN_SQUARED_ERROR("mean-squared-error", 5),
  /** The mean of the absolute errors. */
  MEAN_ABSOLUTE_ERROR("mean-absolute-error", 6),
  /** One minus the squared errors over those of the mean; undefined for a constant target. */
  R2("r2", 7);

  private final String kind;
  private final int code;

  Metric(String kind, int code) {
    this.kind = kind;
    this.code = code;
  }

  /** The name in charters, command line and JSON. */
  public String kind() {
    return kind;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** Whether the figure can be measured on a model trained with {@code loss}. */
  public boolean fits(Loss loss) {
    return switch (this) {
      case ACCURACY, CONFUSION -> loss.classifies();
      case AUC, AVERAGE_PRECISION -> loss == Loss.BINARY_CROSS_ENTROPY;
      case MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR, R2 -> !loss.classifies();
    };
  }
}
