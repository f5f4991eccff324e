package org.madrigal.ledger;

/**
 * Stored or received bytes are not a block that belongs here. The readers turn it into a finding or
 * a {@link LedgerException}.
 */
class DamagedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int entry;

  /** Damage of a whole block: {@code reason} is a clause for people. */
  DamagedException(String reason) {
    this(0, reason);
  }

  /** Damage that the first {@code entry} entries of the block do not have. */
  DamagedException(int entry, String reason) {
    super(reason);
    this.entry = entry;
  }

  /** The number of sound entries of the block before the damage. */
  int entry() {
    return entry;
  }

  /** What the exception says. */
  String reason() {
    return String.valueOf(getMessage());
  }

  /** The bytes end in the middle of a block. */
  static final class Torn extends DamagedException {

    private static final long serialVersionUID = 1L;

    Torn(int entry, String reason) {
      super(entry, reason);
    }
  }
}
