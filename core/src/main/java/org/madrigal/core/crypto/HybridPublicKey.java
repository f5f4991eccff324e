package org.madrigal.core.crypto;

/**
 * The public half of a {@link HybridKeyPair}: an X25519 key (RFC 7748) and an encapsulation key of
 * ML-KEM-768 (FIPS 203).
 *
 * <pre>
 * encoded = X25519 key, 32 bytes || encapsulation key, 1184 bytes
 * </pre>
 */
public final class HybridPublicKey {

  /** The length of every encoded key in bytes. */
  public static final int LENGTH = X25519.LENGTH + MlKem.PUBLIC_LENGTH;

  private final Bytes encoded;

  private HybridPublicKey(Bytes encoded) {
    this.encoded = encoded;
  }

  /**
   * Reads the layout above.
   *
   * @throws IllegalArgumentException if the X25519 key is of small order or not canonical, or the
   *     other fails the modulus check of FIPS 203, section 7.2
   */
  public static HybridPublicKey of(Bytes encoded) {
    if (encoded.length() != LENGTH) {
      throw new IllegalArgumentException(
          "A hybrid public key has %d bytes, not %d".formatted(LENGTH, encoded.length()));
    }
    HybridPublicKey key = new HybridPublicKey(encoded);
    X25519.check(key.x25519());
    MlKem.check(key.mlKem());
    return key;
  }

  /** The bytes of the layout above. */
  public Bytes encoded() {
    return encoded;
  }

  Bytes x25519() {
    return encoded.slice(0, X25519.LENGTH);
  }

  Bytes mlKem() {
    return encoded.slice(X25519.LENGTH, LENGTH);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HybridPublicKey that && encoded.equals(that.encoded);
  }

  @Override
  public int hashCode() {
    return encoded.hashCode();
  }

  /** The digest's first digits: the key itself is long. */
  @Override
  public String toString() {
    return "HybridPublicKey[%s]".formatted(Digest.of(encoded).abbreviated());
  }
}
