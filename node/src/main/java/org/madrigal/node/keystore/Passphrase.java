package org.madrigal.node.keystore;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/** What opens a keystore: a secret. It is never shown, and gone from memory once closed. */
public final class Passphrase implements AutoCloseable {

  /** The most characters. */
  public static final int MAX_LENGTH = 1024;

  private final char[] characters;
  private boolean wiped;

  private Passphrase(char[] characters) {
    this.characters = characters;
  }

  /**
   * Copies {@code characters}; the caller erases its own.
   *
   * @throws IllegalArgumentException if they are none, or more than {@link #MAX_LENGTH}
   */
  public static Passphrase of(char[] characters) {
    if (characters.length == 0 || characters.length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "A passphrase has 1 to %d characters, not %d".formatted(MAX_LENGTH, characters.length));
    }
    return new Passphrase(characters.clone());
  }

  /** The number of characters. */
  int length() {
    return characters.length;
  }

  /** Lends a copy of the characters to {@code use} and erases the copy afterwards. */
  <T> T lend(Function<char[], T> use) {
    if (wiped) {
      throw new IllegalStateException("This passphrase was erased");
    }
    char[] copy = characters.clone();
    try {
      return use.apply(copy);
    } finally {
      Arrays.fill(copy, '\0');
    }
  }

  /** Erases it. */
  @Override
  public void close() {
    Arrays.fill(characters, '\0');
    wiped = true;
  }

  /** Compares in a time that does not depend on the characters. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Passphrase that && MessageDigest.isEqual(encoded(), that.encoded());
  }

  private byte[] encoded() {
    return StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters)).array();
  }

  /** Nothing that depends on the characters. */
  @Override
  public int hashCode() {
    return Passphrase.class.hashCode();
  }

  @Override
  public String toString() {
    return "Passphrase[secret]";
  }
}
