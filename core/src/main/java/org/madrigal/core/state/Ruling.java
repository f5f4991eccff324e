package org.madrigal.core.state;

/** What a statement makes of a federation, or why it does not count. */
sealed interface Ruling {

  /** The federation with the statement. */
  record Counted(Federation federation) implements Ruling {}

  /** The statement changes nothing. */
  record Refused(Rejection rejection) implements Ruling {}
}
