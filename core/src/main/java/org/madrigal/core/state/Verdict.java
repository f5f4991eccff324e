package org.madrigal.core.state;

/** What replay made of an entry. */
public sealed interface Verdict {

  /** The entry counts. */
  record Applied() implements Verdict {}

  /**
   * The entry has no effect.
   *
   * @param rejection why
   */
  record Rejected(Rejection rejection) implements Verdict {}
}
