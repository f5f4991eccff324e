package org.madrigal.core.crypto;

import java.util.Base64;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 public key (RFC 8032). Points outside the prime-order group are refused. */
public final class VerifyingKey {

  /** The length of every encoded key in bytes. */
  public static final int LENGTH = 32;

  private static final String PREFIX = "ed25519:";

  private final Bytes encoded;
  private final Ed25519.PublicPoint point;

  private VerifyingKey(Bytes encoded, Ed25519.PublicPoint point) {
    this.encoded = encoded;
    this.point = point;
  }

  /**
   * Reads the 32-byte encoding of RFC 8032.
   *
   * @throws IllegalArgumentException if it is not a point of the prime-order group
   */
  public static VerifyingKey of(Bytes encoded) {
    if (encoded.length() != LENGTH) {
      throw new IllegalArgumentException(
          "An Ed25519 public key has 32 bytes, not %d".formatted(encoded.length()));
    }
    Ed25519.PublicPoint point = Ed25519.validatePublicKeyFullExport(encoded.toByteArray(), 0);
    if (point == null) {
      throw new IllegalArgumentException(
          "%s is not the public key of an Ed25519 key pair".formatted(encoded.hex()));
    }
    return new VerifyingKey(encoded, point);
  }

  /**
   * Parses the text form {@code ed25519:} and 43 characters of unpadded URL-safe Base64.
   *
   * @throws IllegalArgumentException if {@code text} is anything else
   */
  public static VerifyingKey parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "A public key is written ed25519:<43 characters>, not '%s'".formatted(text));
    }
    byte[] decoded;
    try {
      decoded = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "A public key is written ed25519:<43 characters of URL-safe Base64>, not '%s'"
              .formatted(text),
          e);
    }
    VerifyingKey key = of(Bytes.takeOver(decoded));
    if (!key.text().equals(text)) {
      throw new IllegalArgumentException(
          "The public key '%s' is not written canonically; write '%s'".formatted(text, key.text()));
    }
    return key;
  }

  /** The 32-byte encoding of RFC 8032. */
  public Bytes encoded() {
    return encoded;
  }

  /** The text form that {@link #parse} reads. */
  public String text() {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(encoded.toByteArray());
  }

  /** Says whether {@code signature} is this key's over {@code message}. */
  public Verification verify(byte[] message, Signature signature) {
    byte[] bytes = signature.value().toByteArray();
    return Ed25519.verify(bytes, 0, point, message, 0, message.length)
        ? Verification.GENUINE
        : Verification.FORGED;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifyingKey that && encoded.equals(that.encoded);
  }

  @Override
  public int hashCode() {
    return encoded.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
