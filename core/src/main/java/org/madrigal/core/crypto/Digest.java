package org.madrigal.core.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A SHA-256 value (FIPS 180-4).
 *
 * @param value the 32 bytes
 */
public record Digest(Bytes value) implements Comparable<Digest> {

  /** The length of every digest in bytes. */
  public static final int LENGTH = 32;

  /** Refuses anything but 32 bytes. */
  public Digest {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException(
          "A SHA-256 digest has 32 bytes, not %d".formatted(value.length()));
    }
  }

  /** SHA-256 of {@code message}. */
  public static Digest of(byte[] message) {
    return new Digest(Bytes.takeOver(sha256().digest(message)));
  }

  /** SHA-256 of {@code message}. */
  public static Digest of(Bytes message) {
    MessageDigest digest = sha256();
    message.feed(digest);
    return new Digest(Bytes.takeOver(digest.digest()));
  }

  /** SHA-256 of the parts, one after the other and without separators. */
  public static Digest ofAll(Bytes... parts) {
    MessageDigest digest = sha256();
    for (Bytes part : parts) {
      part.feed(digest);
    }
    return new Digest(Bytes.takeOver(digest.digest()));
  }

  /**
   * Parses 64 hexadecimal digits, in small or capital letters.
   *
   * @throws IllegalArgumentException if {@code hex} is anything else
   */
  public static Digest parse(String hex) {
    if (hex.length() != 2 * LENGTH) {
      throw new IllegalArgumentException(
          "A SHA-256 digest has 64 hexadecimal digits, not %d".formatted(hex.length()));
    }
    return new Digest(Bytes.ofHex(hex));
  }

  /** A fresh SHA-256 computation, for data that arrives in pieces. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** 64 lower-case hexadecimal digits. */
  public String hex() {
    return value.hex();
  }

  /** The first 12 hexadecimal digits, for people. */
  public String abbreviated() {
    return hex().substring(0, 12);
  }

  @Override
  public int compareTo(Digest other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return hex();
  }
}
