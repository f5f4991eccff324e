package org.madrigal.core.crypto;

/**
 * An Ed25519 signature (RFC 8032).
 *
 * @param value the 64 bytes R || S
 */
public record Signature(Bytes value) {

  /** The length of every signature in bytes. */
  public static final int LENGTH = 64;

  /** Refuses anything but 64 bytes. */
  public Signature {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException(
          "An Ed25519 signature has 64 bytes, not %d".formatted(value.length()));
    }
  }
}
