package org.madrigal.trainer.data;

/** Training data that cannot be used. The message is one sentence that names file and line. */
public final class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Data refused for the reason in {@code message}. */
  public DataException(String message) {
    super(message);
  }

  /** Data refused for the reason in {@code message}, caused by {@code cause}. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
