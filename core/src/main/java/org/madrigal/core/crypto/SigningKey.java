package org.madrigal.core.crypto;

import java.util.random.RandomGenerator;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 private key (RFC 8032): a secret. It never shows its bytes except to {@link #seed},
 * which only keystores call; signing is deterministic and needs no randomness.
 */
public final class SigningKey {

  /** The length of every seed in bytes. */
  public static final int SEED_LENGTH = 32;

  private final byte[] seed;
  private final byte[] publicKey;
  private final VerifyingKey verifyingKey;

  private SigningKey(byte[] seed) {
    this.seed = seed;
    this.publicKey = new byte[VerifyingKey.LENGTH];
    Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    this.verifyingKey = VerifyingKey.of(Bytes.copyOf(publicKey));
  }

  /** Draws a key. {@code random} must be a {@link java.security.SecureRandom} outside tests. */
  public static SigningKey generate(RandomGenerator random) {
    byte[] seed = new byte[SEED_LENGTH];
    random.nextBytes(seed);
    return new SigningKey(seed);
  }

  /**
   * The key of a 32-byte seed, which is copied.
   *
   * @throws IllegalArgumentException if {@code seed} has another length
   */
  public static SigningKey ofSeed(byte[] seed) {
    if (seed.length != SEED_LENGTH) {
      throw new IllegalArgumentException(
          "An Ed25519 seed has 32 bytes, not %d".formatted(seed.length));
    }
    return new SigningKey(seed.clone());
  }

  /** A copy of the 32 secret bytes, for a keystore; the caller erases it. */
  public byte[] seed() {
    return seed.clone();
  }

  /** The public half. */
  public VerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** Signs {@code message} by Ed25519 without context or prehash. */
  public Signature sign(byte[] message) {
    byte[] signature = new byte[Signature.LENGTH];
    Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
    return new Signature(Bytes.takeOver(signature));
  }

  /** Compares the public halves, which decide: nothing secret is compared. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SigningKey that && verifyingKey.equals(that.verifyingKey);
  }

  @Override
  public int hashCode() {
    return verifyingKey.hashCode();
  }

  /** Names the public half only. */
  @Override
  public String toString() {
    return "SigningKey[of " + verifyingKey.text() + "]";
  }
}
