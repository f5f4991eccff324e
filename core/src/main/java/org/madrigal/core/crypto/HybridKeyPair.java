package org.madrigal.core.crypto;

import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.util.random.RandomGenerator;

/**
 * A member's secret for one epoch: an X25519 private key and the seed of an ML-KEM-768 key pair.
 * What two members agree on stays secret as long as one of the two is unbroken.
 *
 * <pre>
 * seed = X25519 private key, 32 bytes || d, 32 bytes || z, 32 bytes   (d, z of FIPS 203)
 * </pre>
 */
public final class HybridKeyPair {

  /** The length of every seed in bytes. */
  public static final int SEED_LENGTH = X25519.LENGTH + MlKem.SEED_LENGTH;

  private final Secret x25519;
  private final Secret mlKemSeed;
  private final KeyPair mlKem;
  private final HybridPublicKey publicKey;

  private HybridKeyPair(Secret seed) {
    x25519 = seed.slice(0, X25519.LENGTH);
    mlKemSeed = seed.slice(X25519.LENGTH, SEED_LENGTH);
    mlKem = MlKem.keyPair(mlKemSeed);
    publicKey =
        HybridPublicKey.of(
            Bytes.takeOver(
                ByteBuffer.allocate(HybridPublicKey.LENGTH)
                    .put(X25519.publicKey(x25519).asReadOnlyBuffer())
                    .put(MlKem.encoded(mlKem.getPublic()).asReadOnlyBuffer())
                    .array()));
  }

  /** Draws a key pair. {@code random} must be a SecureRandom outside tests. */
  public static HybridKeyPair generate(RandomGenerator random) {
    Secret seed = Secret.draw(SEED_LENGTH, random);
    HybridKeyPair pair = new HybridKeyPair(seed);
    seed.erase();
    return pair;
  }

  /**
   * The key pair of a seed, as {@link #seed} gave it.
   *
   * @throws IllegalArgumentException if {@code seed} has not 96 bytes
   */
  public static HybridKeyPair ofSeed(Secret seed) {
    return new HybridKeyPair(seed.ofLength(SEED_LENGTH, "The seed of a hybrid key pair"));
  }

  /** A copy of the 96 secret bytes, for a journal. */
  public Secret seed() {
    return Secret.concat(x25519, mlKemSeed);
  }

  /** The public half. */
  public HybridPublicKey publicKey() {
    return publicKey;
  }

  /** Draws a shared secret for {@code peer}. */
  public static Encapsulation encapsulate(HybridPublicKey peer, RandomGenerator random) {
    Secret message = Secret.draw(32, random);
    Encapsulation made = MlKem.encapsulate(peer.mlKem(), message);
    message.erase();
    return made;
  }

  /**
   * The shared secret in a ciphertext of 1,088 bytes. One that was not made for this key gives
   * something random, and nothing here tells.
   */
  Secret decapsulate(Bytes ciphertext) {
    return MlKem.decapsulate(mlKem.getPrivate(), ciphertext);
  }

  Secret agree(HybridPublicKey peer) {
    return X25519.agree(x25519, peer.x25519());
  }

  /**
   * Overwrites the seed. The platform's own object of the ML-KEM key cannot be overwritten and goes
   * with this one.
   */
  public void erase() {
    x25519.erase();
    mlKemSeed.erase();
  }

  /** Names the public half only. */
  @Override
  public String toString() {
    return "HybridKeyPair[of %s]".formatted(publicKey);
  }
}
