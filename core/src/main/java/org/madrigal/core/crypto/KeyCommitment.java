package org.madrigal.core.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A public commitment to a secret key: the first 16 bytes of SHA-256("madrigal/key-commitment/1" ||
 * purpose || key). It binds whoever did not choose the key to 128 bits and says nothing about a key
 * of full entropy. Who chooses keys freely finds two with one commitment after 2^64 hashes, so it
 * counts only where a second party posts the same commitment.
 *
 * @param value the 16 bytes
 */
public record KeyCommitment(Bytes value) {

  /** The length of every commitment in bytes. */
  public static final int LENGTH = 16;

  private static final byte[] DOMAIN =
      "madrigal/key-commitment/1".getBytes(StandardCharsets.US_ASCII);

  /** Refuses anything but 16 bytes. */
  public KeyCommitment {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException(
          "A key commitment has 16 bytes, not %d".formatted(value.length()));
    }
  }

  /** Commits to a key of 32 bytes for one purpose. */
  public static KeyCommitment of(Secret key, Purpose purpose) {
    key.ofLength(Aead.KEY_LENGTH, "A committed key");
    MessageDigest sha256 = Digest.sha256();
    sha256.update(DOMAIN);
    purpose.encoded().feed(sha256);
    return new KeyCommitment(Bytes.copyOf(sha256.digest(key.array()), 0, LENGTH));
  }

  /** Says whether this commits to {@code key} for {@code purpose}. */
  public Verification verify(Secret key, Purpose purpose) {
    return equals(of(key, purpose)) ? Verification.GENUINE : Verification.FORGED;
  }
}
