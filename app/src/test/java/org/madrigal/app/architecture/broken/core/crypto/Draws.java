package org.madrigal.app.architecture.broken.core.crypto;

import java.security.SecureRandom;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.CryptoServicesRegistrar;

final class Draws {
  double math() {
    return Math.random();
  }

  Random seeded() {
    return new Random(1);
  }

  SecureRandom secure() {
    return new SecureRandom();
  }

  RandomGenerator platform() {
    return RandomGenerator.getDefault();
  }

  UUID name() {
    return UUID.randomUUID();
  }

  SecureRandom registered() {
    return CryptoServicesRegistrar.getSecureRandom();
  }
}
