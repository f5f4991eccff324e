package org.madrigal.node.disk;

import java.io.Serial;

/** The world of a node is broken: its disk, its key or its records. The message is for people. */
public final class NodeException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** What is broken, so that the edge can choose an exit code. */
  public enum Kind {
    /** The disk did not do what it was asked: it is full, read-only, or failing. */
    DISK,
    /** Another process uses the folder. */
    LOCKED,
    /** The passphrase does not open the key, or may not be used. */
    PASSPHRASE,
    /** A file is not what was written. */
    DAMAGED,
    /** The owner, or an earlier signature, forbids what was asked. */
    REFUSED
  }

  private final Kind kind;

  /** One sentence for people: what was refused, the values, and what to do. */
  public NodeException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** As {@link #NodeException(Kind, String)}, brought about by {@code cause}. */
  public NodeException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What is broken. */
  public Kind kind() {
    return kind;
  }
}
