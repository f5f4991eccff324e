package org.madrigal.core.secagg;

import java.util.random.RandomGenerator;
import org.madrigal.core.crypto.Secret;

/**
 * What a member draws for one slot and shares among all.
 *
 * @param selfSeed b_u
 * @param recoveryKey R_u
 */
public record FreshSecrets(Secret selfSeed, Secret recoveryKey) {

  private static final int LENGTH = 32;

  /** Refuses other lengths than 32 bytes. */
  public FreshSecrets {
    if (selfSeed.length() != LENGTH || recoveryKey.length() != LENGTH) {
      throw new IllegalArgumentException(
          "Self seed and recovery key have 32 bytes, not %d and %d"
              .formatted(selfSeed.length(), recoveryKey.length()));
    }
  }

  /** Draws both; {@code random} must be a SecureRandom outside tests. */
  public static FreshSecrets draw(RandomGenerator random) {
    return new FreshSecrets(Secret.draw(LENGTH, random), Secret.draw(LENGTH, random));
  }
}
