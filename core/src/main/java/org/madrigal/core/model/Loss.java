package org.madrigal.core.model;

/**
 * What training makes small: the mean over the samples of a batch. Both cross-entropies take
 * logits; the model must not end in a sigmoid or softmax of its own.
 */
public enum Loss {
  /** -log sigmoid(z) for label 1 and -log(1 - sigmoid(z)) for label 0, over one logit z. */
  BINARY_CROSS_ENTROPY("binary-cross-entropy", 1),
  /** -log softmax(z) at the label's class, over one logit for each class. */
  CROSS_ENTROPY("cross-entropy", 2),
  /** (z - y)^2, the mean over the outputs. */
  MEAN_SQUARED_ERROR("mean-squared-error", 3);

  private final String kind;
  private final int code;

  Loss(String kind, int code) {
    this.kind = kind;
    this.code = code;
  }

  /** The name in charters. */
  public String kind() {
    return kind;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** Whether samples belong to classes: everything but the mean squared error. */
  public boolean classifies() {
    return this != MEAN_SQUARED_ERROR;
  }
}
