package org.madrigal.core.model;

/** What happens to a row in which a feature is missing. */
public enum MissingPolicy {
  /** The file is refused; also where a target is missing. */
  REFUSE("refuse", 1),
  /** The row is left out; also where its target is missing. */
  DROP_ROW("drop-row", 2),
  /**
   * The inputs of the feature take their means over the member's training rows, or over all
   * members' with {@link Normalisation#FEDERATED}. A row whose target is missing is left out.
   */
  MEAN("mean", 3);

  private final String kind;
  private final int code;

  MissingPolicy(String kind, int code) {
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
