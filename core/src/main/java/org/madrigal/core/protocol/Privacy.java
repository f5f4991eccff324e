package org.madrigal.core.protocol;

/** Who may see a single update. */
public enum Privacy {
  /** Updates are signed but readable by everybody who can read the ledger. For research. */
  NONE("none", 1),
  /** Updates are encrypted to the members, who see each other's; strangers see none. */
  MEMBERS("members", 2),
  /** Updates are masked: nobody sees one, and the members see their sum. */
  MASKED("masked", 3);

  private final String kind;
  private final int code;

  Privacy(String kind, int code) {
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
