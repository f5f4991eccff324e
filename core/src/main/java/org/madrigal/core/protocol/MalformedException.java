package org.madrigal.core.protocol;

/** Bytes from outside are not what they should be; the codecs turn it into a value. */
final class MalformedException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedException(String message) {
    super(message);
  }

  MalformedException(String message, Throwable cause) {
    super(message, cause);
  }
}
