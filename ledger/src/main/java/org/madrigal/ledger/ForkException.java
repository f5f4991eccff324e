package org.madrigal.ledger;

import java.nio.file.Path;
import java.util.Optional;
import org.madrigal.core.protocol.Head;

/** The orderer shows another history than the one that it showed before. */
public final class ForkException extends LedgerException {

  private static final long serialVersionUID = 1L;

  private final transient Head ours;
  private final transient Head theirs;
  private final transient Optional<Path> proof;

  /**
   * A history that was rewritten or became shorter.
   *
   * @param message one sentence for people
   * @param ours the head that this member verified and keeps
   * @param theirs the head that the orderer shows now
   * @param proof the file with the proof, if both heads claim the same place
   */
  public ForkException(String message, Head ours, Head theirs, Optional<Path> proof) {
    super(Kind.FORKED, message);
    this.ours = ours;
    this.theirs = theirs;
    this.proof = proof;
  }

  /** The head that this member verified and keeps. */
  public Head ours() {
    return ours;
  }

  /** The head that the orderer shows now. */
  public Head theirs() {
    return theirs;
  }

  /** The file that proves to anybody that the orderer signed two histories. */
  public Optional<Path> proof() {
    return proof;
  }
}
