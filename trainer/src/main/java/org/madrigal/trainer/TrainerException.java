package org.madrigal.trainer;

/** Training, judging or predicting that failed. The message is one sentence with what to do. */
public final class TrainerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure for the reason in {@code message}. */
  public TrainerException(String message) {
    super(message);
  }

  /** A failure for the reason in {@code message}, caused by {@code cause}. */
  public TrainerException(String message, Throwable cause) {
    super(message, cause);
  }
}
