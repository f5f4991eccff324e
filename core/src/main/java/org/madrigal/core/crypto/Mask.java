package org.madrigal.core.crypto;

/**
 * A vector of 32-bit words that looks random to whoever lacks the seed: the AES-256-CTR stream of
 * zero IV under HKDF(seed, purpose), read as little-endian words.
 *
 * @param seed of 32 bytes or more, uniform
 * @param purpose everything the mask is bound to: other bytes, another vector
 * @param sign whether the vector is added or taken away
 */
public record Mask(Secret seed, Purpose purpose, Sign sign) {

  /** What a mask does to the words it is applied to. */
  public enum Sign {
    /** The mask is added, modulo 2^32. */
    ADD,
    /** The mask is subtracted, modulo 2^32. */
    SUBTRACT
  }

  /** Refuses seeds that are too short to be uniform. */
  public Mask {
    if (seed.length() < Aead.KEY_LENGTH) {
      throw new IllegalArgumentException(
          "The seed of a mask has 32 bytes or more, not %d".formatted(seed.length()));
    }
  }

  /** The key of the stream. */
  Secret key() {
    return Hkdf.derive(Bytes.EMPTY, seed, purpose, Aead.KEY_LENGTH);
  }
}
