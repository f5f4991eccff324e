package org.madrigal.core.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Bytes that must not be seen: copied in, compared in constant time, never printed, erased on
 * request. After {@link #erase} every other use throws.
 *
 * <p>Erasing overwrites this object's array. Copies that the garbage collector or a cipher has made
 * and dropped may remain in unused memory until it is used again.
 */
public final class Secret {

  private final byte[] array;
  private boolean erased;

  private Secret(byte[] array) {
    this.array = array;
  }

  /** Copies {@code source}; the caller erases it. */
  public static Secret copyOf(byte[] source) {
    return new Secret(source.clone());
  }

  /** Takes the array over without a copy. */
  static Secret takeOver(byte[] source) {
    return new Secret(source);
  }

  /** Draws {@code length} bytes. {@code random} must be a SecureRandom outside tests. */
  public static Secret draw(int length, RandomGenerator random) {
    byte[] drawn = new byte[length];
    random.nextBytes(drawn);
    return new Secret(drawn);
  }

  /** The parts, one after the other. */
  public static Secret concat(Secret... parts) {
    int length = 0;
    for (Secret part : parts) {
      length += part.length();
    }
    byte[] whole = new byte[length];
    int at = 0;
    for (Secret part : parts) {
      System.arraycopy(part.array(), 0, whole, at, part.length());
      at += part.length();
    }
    return new Secret(whole);
  }

  /** The number of bytes. */
  public int length() {
    return array.length;
  }

  /** A copy of bytes {@code from} (inclusive) to {@code to} (exclusive), a secret of its own. */
  public Secret slice(int from, int to) {
    return new Secret(Arrays.copyOfRange(array(), from, to));
  }

  /** A copy of the bytes, for a journal, a keystore or a published share; the caller erases it. */
  public byte[] expose() {
    return array().clone();
  }

  /** The array itself, for the primitives of this package, which only read it. */
  byte[] array() {
    if (erased) {
      throw new IllegalStateException(
          "A secret of %d bytes was used after it had been erased".formatted(array.length));
    }
    return array;
  }

  /** Refuses a secret of another length; {@code what} names it in the message. */
  Secret ofLength(int expected, String what) {
    if (array.length != expected) {
      throw new IllegalArgumentException(
          "%s has %d bytes, not %d".formatted(what, expected, array.length));
    }
    return this;
  }

  /** Overwrites the bytes with zeros. Erasing twice does no harm. */
  public void erase() {
    Arrays.fill(array, (byte) 0);
    erased = true;
  }

  /** Whether {@link #erase} has been called. */
  public boolean isErased() {
    return erased;
  }

  /** Compares in a time that depends on the lengths only. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(array(), that.array());
  }

  /** The same for all secrets of one length: a hash code would tell something. */
  @Override
  public int hashCode() {
    return array.length;
  }

  /** Names the length only. */
  @Override
  public String toString() {
    return erased ? "Secret[erased]" : "Secret[%d bytes]".formatted(array.length);
  }
}
