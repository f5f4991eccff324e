package org.madrigal.core.model;

/** How inputs are brought to one scale. */
public enum Normalisation {
  /** They stay as they are. */
  NONE("none", 1),
  /**
   * (x - mean) / (deviation + 1e-9), with the mean and the sample standard deviation (n - 1) of the
   * member's own training rows, for training and test rows alike.
   */
  MEMBER("member", 2),
  /**
   * (x - mean) / (deviation + 1e-9), with the mean and the sample standard deviation (n - 1) of the
   * training rows of all members together, which the members learn in masked sums before they
   * train.
   */
  FEDERATED("federated", 3);

  private final String kind;
  private final int code;

  Normalisation(String kind, int code) {
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
}
