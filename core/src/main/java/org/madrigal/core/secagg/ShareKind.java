package org.madrigal.core.secagg;

/** Which of a dealer's two secrets a share belongs to. Nobody releases both kinds of one dealer. */
public enum ShareKind {
  /** b_u: released where the dealer's masked vector is in the sum. */
  SELF_SEED("self-seed"),
  /** R_u: released where the dealer dropped out. */
  RECOVERY_KEY("recovery-key");

  private final String label;

  ShareKind(String label) {
    this.label = label;
  }

  /** The name in purposes. */
  String label() {
    return label;
  }
}
