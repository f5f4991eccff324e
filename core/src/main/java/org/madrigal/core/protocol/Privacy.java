package org.madrigal.core.protocol;

/**
 * Who may see a single update. This version of the protocol carries only {@link #NONE}; the numbers
 * 2 (members) and 3 (masked) are reserved.
 */
public enum Privacy {
  /** Updates are signed but readable by everybody who can read the ledger. For research. */
  NONE("none", 1);

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
