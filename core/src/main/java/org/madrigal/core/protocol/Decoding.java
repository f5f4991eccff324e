package org.madrigal.core.protocol;

/**
 * What came of reading bytes from outside.
 *
 * @param <T> what they should be
 */
public sealed interface Decoding<T> {

  /**
   * The bytes are the one encoding of this value.
   *
   * @param value what they say
   */
  record Decoded<T>(T value) implements Decoding<T> {}

  /**
   * The bytes are nothing that this version can read.
   *
   * @param reason why, for people
   */
  record Malformed<T>(String reason) implements Decoding<T> {}
}
