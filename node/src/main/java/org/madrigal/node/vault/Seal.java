package org.madrigal.node.vault;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.madrigal.core.crypto.Aead;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Hkdf;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.FederationId;

/**
 * Encrypts files under a key that hangs on the member's signing key. Each writing draws a salt, and
 * with it a key of its own:
 *
 * <pre>
 * file = salt, 32 bytes | AES-256-GCM(HKDF(signing key, federation, name, salt), content)
 * </pre>
 */
final class Seal {

  private static final Purpose PURPOSE = Purpose.of("madrigal/vault/1");
  private static final int SALT_LENGTH = 32;

  private final Secret root;
  private final RandomGenerator random;

  private Seal(Secret root, RandomGenerator random) {
    this.root = root;
    this.random = random;
  }

  static Seal of(SigningKey key, FederationId federation, RandomGenerator random) {
    byte[] seed = key.seed();
    Secret secret = Secret.copyOf(seed);
    Arrays.fill(seed, (byte) 0);
    Secret root = Hkdf.extract(federation.digest().value(), secret);
    secret.erase();
    return new Seal(root, random);
  }

  Bytes seal(String name, Secret content) {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    Purpose purpose = PURPOSE.with(name).with(Bytes.copyOf(salt));
    Secret key = Hkdf.expand(root, purpose, Aead.KEY_LENGTH);
    Bytes sealed = Aead.seal(key, purpose, content);
    key.erase();
    byte[] file = Arrays.copyOf(salt, SALT_LENGTH + sealed.length());
    sealed.asReadOnlyBuffer().get(file, SALT_LENGTH, sealed.length());
    return Bytes.takeOver(file);
  }

  Optional<Secret> open(String name, Bytes file) {
    if (file.length() < SALT_LENGTH) {
      return Optional.empty();
    }
    Purpose purpose = PURPOSE.with(name).with(file.slice(0, SALT_LENGTH));
    Secret key = Hkdf.expand(root, purpose, Aead.KEY_LENGTH);
    Optional<Secret> content = Aead.open(key, purpose, file.slice(SALT_LENGTH, file.length()));
    key.erase();
    return content;
  }
}
