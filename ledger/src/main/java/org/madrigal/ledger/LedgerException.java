package org.madrigal.ledger;

/** A ledger cannot do what was asked of it. The message is one sentence for people. */
public sealed class LedgerException extends RuntimeException permits ForkException {

  private static final long serialVersionUID = 1L;

  /** What is wrong, for callers that act on it. */
  public enum Kind {
    /** Another process, or another part of this one, writes to the same folder. */
    LOCKED,
    /** There is no space left; the statement is not on the ledger. Works again with space. */
    FULL,
    /** The stored ledger is damaged, or the disk failed. Nothing is written any more. */
    BROKEN,
    /** The ledger belongs to another federation or another orderer. */
    FOREIGN,
    /** The ledger could not be reached in time; the statement may be on the ledger. */
    UNREACHABLE,
    /** The ledger refused the statement, or the member; asking again does not help. */
    REFUSED,
    /** The orderer shows another history than before, or a shorter one. */
    FORKED,
    /** This ledger was closed. */
    CLOSED
  }

  private final Kind kind;

  /** A failure of this {@code kind}. */
  public LedgerException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** A failure of this {@code kind} with its {@code cause}. */
  public LedgerException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }
}
