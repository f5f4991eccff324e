package org.madrigal.ledger.evm;

/**
 * A node's answer is not what it can be, or contradicts what it said before. A clause for people.
 */
final class MalformedAnswerException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedAnswerException(String message) {
    super(message);
  }

  MalformedAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
