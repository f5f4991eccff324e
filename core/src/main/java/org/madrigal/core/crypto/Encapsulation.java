package org.madrigal.core.crypto;

/**
 * What ML-KEM-768 gives to its sender.
 *
 * @param ciphertext the 1,088 bytes for the other end
 * @param shared the 32 bytes that the other end will find in them
 */
public record Encapsulation(Bytes ciphertext, Secret shared) {

  /** The length of every ciphertext in bytes. */
  public static final int CIPHERTEXT_LENGTH = 1088;

  /** Refuses other lengths. */
  public Encapsulation {
    if (ciphertext.length() != CIPHERTEXT_LENGTH) {
      throw new IllegalArgumentException(
          "A ciphertext of ML-KEM-768 has 1088 bytes, not %d".formatted(ciphertext.length()));
    }
    shared.ofLength(32, "A shared secret of ML-KEM-768");
  }
}
