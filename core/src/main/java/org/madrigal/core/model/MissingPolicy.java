package org.madrigal.core.model;

/** What happens to a row in which a feature is missing. A row without its target is left out. */
public enum MissingPolicy {
  /** The file is refused. */
  REFUSE("refuse", 1),
  /** The row is left out. */
  DROP_ROW("drop-row", 2),
  /** The inputs of the feature take their means over the member's training rows. */
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
