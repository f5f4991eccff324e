package org.madrigal.trainer.process;

/**
 * The program, or the way to it, did not keep to the protocol: what it said makes no sense, it said
 * nothing in time, or it is gone. Never leaves this package: whoever speaks with the program ends
 * it and says so in a {@link org.madrigal.trainer.TrainerException}.
 */
final class Misspoken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Misspoken(String message) {
    super(message);
  }

  Misspoken(String message, Throwable cause) {
    super(message, cause);
  }
}
