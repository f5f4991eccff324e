package org.madrigal.core.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A public commitment to a secret key: SHA-256("madrigal/key-commitment/1" || purpose || key),
 * whole. It says nothing about a key of full entropy. Nobody, not even who chooses the keys, finds
 * two with one commitment in fewer than 2^128 steps, so that what is shown of a key convicts only
 * the guilty.
 *
 * @param value the 32 bytes
 */
public record KeyCommitment(Bytes value) {

  /** The length of every commitment in bytes. */
  public static final int LENGTH = Digest.LENGTH;

  private static final byte[] DOMAIN =
      "madrigal/key-commitment/1".getBytes(StandardCharsets.US_ASCII);

  /** Refuses anything but 32 bytes. */
  public KeyCommitment {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException(
          "A key commitment has 32 bytes, not %d".formatted(value.length()));
    }
  }

  /** Commits to a key of 32 bytes for one purpose. */
  public static KeyCommitment of(Secret key, Purpose purpose) {
    key.ofLength(Aead.KEY_LENGTH, "A committed key");
    MessageDigest sha256 = Digest.sha256();
    sha256.update(DOMAIN);
    purpose.encoded().feed(sha256);
    return new KeyCommitment(Bytes.takeOver(sha256.digest(key.array())));
  }

  /** Says whether this commits to {@code key} for {@code purpose}. */
  public Verification verify(Secret key, Purpose purpose) {
    return equals(of(key, purpose)) ? Verification.GENUINE : Verification.FORGED;
  }
}
