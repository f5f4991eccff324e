package org.madrigal.core.protocol;

/** How much each member's update counts in the mean. */
public enum Weighting {
  /** Every update counts the same. */
  EQUAL("equal", 1),
  /** Each update counts by the weight that the charter declares for its member. */
  DECLARED("declared", 2);

  private final String kind;
  private final int code;

  Weighting(String kind, int code) {
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
