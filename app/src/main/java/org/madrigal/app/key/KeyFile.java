package org.madrigal.app.key;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.node.disk.FolderDisk;
import org.madrigal.node.keystore.Keystore;
import org.madrigal.node.keystore.Passphrase;
import org.madrigal.node.keystore.PassphraseSource;

/**
 * A key file by its path.
 *
 * @param path where it is
 */
public record KeyFile(Path path) {

  /** Draws a key and writes it; a file that is there is left as it is. */
  public VerifyingKey create(PassphraseSource source) {
    if (Files.exists(path)) {
      throw new Failure(
          ExitCode.EXISTS,
          "%s is there already; name another file, or move it away if nobody needs it."
              .formatted(path));
    }
    SecureRandom random = new SecureRandom();
    SigningKey key = SigningKey.generate(random);
    try (Passphrase passphrase = source.fetch()) {
      Keystore.create(folder(), name(), key, passphrase, random);
    }
    return key.verifyingKey();
  }

  /** The secret key. */
  public SigningKey open(PassphraseSource source) {
    mustExist();
    try (Passphrase passphrase = source.fetch()) {
      return Keystore.open(folder(), name(), passphrase);
    }
  }

  /** The public key that the file names, if it does; it needs no passphrase. */
  public Optional<VerifyingKey> publicKey() {
    mustExist();
    return Keystore.publicKey(folder(), name());
  }

  private void mustExist() {
    if (!Files.isRegularFile(path)) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "There is no key file %s; make one with 'madrigal key new --out %s'."
              .formatted(path, path));
    }
  }

  private FolderDisk folder() {
    return new FolderDisk(
        Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path.toAbsolutePath()));
  }

  private String name() {
    return String.valueOf(path.getFileName());
  }
}
