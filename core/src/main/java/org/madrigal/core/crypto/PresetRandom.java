package org.madrigal.core.crypto;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/**
 * Randomness that was drawn before: gives out the bytes of one secret, in order, and then refuses.
 * The platform's ML-KEM takes its seeds from a SecureRandom only; this makes it a function of them.
 */
final class PresetRandom extends SecureRandom {

  private static final long serialVersionUID = 1;

  PresetRandom(Secret bytes) {
    super(new Source(bytes.array()), null);
  }

  private static final class Source extends SecureRandomSpi {

    private static final long serialVersionUID = 1;

    private final byte[] bytes;
    private int given;

    Source(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      throw new IllegalStateException("Preset randomness takes no seed");
    }

    @Override
    protected void engineNextBytes(byte[] target) {
      if (target.length > bytes.length - given) {
        throw new IllegalStateException(
            "%d bytes of randomness were preset and %d are asked for"
                .formatted(bytes.length, given + target.length));
      }
      System.arraycopy(bytes, given, target, 0, target.length);
      given += target.length;
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      throw new IllegalStateException("Preset randomness gives no seed");
    }
  }
}
