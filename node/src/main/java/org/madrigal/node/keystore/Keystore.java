package org.madrigal.node.keystore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.node.disk.Disk;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.NodeException.Kind;

/**
 * A member's key in a file: an encrypted PKCS#8 key in PEM (RFC 7468, section 11), which {@code
 * openssl pkey} reads too. Two lines of explanatory text before it name the public key and a
 * digest, so that the public key can be shown without the passphrase and a damaged file is told
 * from a wrong passphrase; files without them are read as well.
 *
 * <pre>
 * Public-Key: ed25519:...
 * Digest: SHA-256("madrigal/keystore/1" || UTF-8 of the public key || DER), hexadecimal
 * -----BEGIN ENCRYPTED PRIVATE KEY-----
 * DER of {@link EncryptedKey} in Base64
 * -----END ENCRYPTED PRIVATE KEY-----
 * </pre>
 */
public final class Keystore {

  /** The fewest characters of the passphrase of a new key. */
  public static final int MIN_PASSPHRASE = 8;

  private static final String BEGIN = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
  private static final String END = "-----END ENCRYPTED PRIVATE KEY-----";
  private static final Pattern PEM =
      Pattern.compile(BEGIN + "\\R([A-Za-z0-9+/=\\s]+)" + END + "\\s*\\z");
  private static final Pattern PUBLIC_KEY = Pattern.compile("(?m)^Public-Key: (\\S+)$");
  private static final Pattern DIGEST = Pattern.compile("(?m)^Digest: (\\S+)$");

  private Keystore() {}

  /**
   * Writes {@code key} to a new file.
   *
   * @param random draws the salt; a {@link java.security.SecureRandom} outside tests
   * @throws NodeException of kind {@code REFUSED} if the file exists, {@code PASSPHRASE} if the
   *     passphrase is shorter than {@link #MIN_PASSPHRASE}, {@code DISK} if it cannot be written
   */
  public static void create(
      Disk disk, String name, SigningKey key, Passphrase passphrase, RandomGenerator random) {
    if (passphrase.length() < MIN_PASSPHRASE) {
      throw new NodeException(
          Kind.PASSPHRASE,
          "Refusing a passphrase of %d characters; use at least %d"
              .formatted(passphrase.length(), MIN_PASSPHRASE));
    }
    Bytes der = Bytes.takeOver(EncryptedKey.encrypt(key, passphrase, random));
    String publicKey = key.verifyingKey().text();
    String text =
        """
        Public-Key: %s
        Digest: %s
        %s
        %s
        %s
        """
            .formatted(
                publicKey,
                digest(publicKey, der),
                BEGIN,
                Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der.toByteArray()),
                END);
    disk.create(name, Bytes.takeOver(text.getBytes(StandardCharsets.US_ASCII)));
  }

  /**
   * Reads a key.
   *
   * @throws NodeException of kind {@code PASSPHRASE} if the passphrase is another, {@code REFUSED}
   *     if there is no such file, {@code DAMAGED} if it is not what was written
   */
  public static SigningKey open(Disk disk, String name, Passphrase passphrase) {
    Contents contents = contents(disk, name);
    Optional<SigningKey> key;
    try {
      key = EncryptedKey.decrypt(contents.der().toByteArray(), passphrase);
    } catch (IOException e) {
      throw damaged(name, String.valueOf(e.getMessage()));
    }
    if (key.isEmpty()) {
      throw new NodeException(
          Kind.PASSPHRASE,
          "The passphrase does not open the key file '%s'; try again with the one it was made with"
              .formatted(name));
    }
    Optional<VerifyingKey> named = contents.publicKey();
    if (named.isPresent() && !named.get().equals(key.get().verifyingKey())) {
      throw damaged(
          name,
          "it names the public key %s but holds that of %s"
              .formatted(named.get(), key.get().verifyingKey()));
    }
    return key.get();
  }

  /**
   * The public key that the file names, which needs no passphrase and is believed as it is; nothing
   * where another program wrote the file.
   *
   * @throws NodeException of kind {@code REFUSED} if there is no such file, {@code DAMAGED} if it
   *     is not what was written
   */
  public static Optional<VerifyingKey> publicKey(Disk disk, String name) {
    return contents(disk, name).publicKey();
  }

  private record Contents(Bytes der, Optional<VerifyingKey> publicKey) {}

  private static Contents contents(Disk disk, String name) {
    Bytes file =
        disk.read(name)
            .orElseThrow(() ->
                new NodeException(
                    Kind.REFUSED,
                    "There is no key file '%s'; make a key with 'madrigal key new'"
                        .formatted(name)));
    String text = new String(file.toByteArray(), StandardCharsets.ISO_8859_1);
    Matcher pem = PEM.matcher(text);
    if (!pem.find()) {
      throw damaged(name, "it holds no '%s' of PEM".formatted(BEGIN));
    }
    try {
      Bytes der = Bytes.takeOver(Base64.getDecoder().decode(pem.group(1).replaceAll("\\s", "")));
      Matcher publicKey = PUBLIC_KEY.matcher(text);
      Matcher digest = DIGEST.matcher(text);
      if (!publicKey.find() || !digest.find()) {
        return new Contents(der, Optional.empty());
      }
      if (!digest(publicKey.group(1), der).equals(digest.group(1))) {
        throw damaged(name, "its content does not have the digest that it names");
      }
      return new Contents(der, Optional.of(VerifyingKey.parse(publicKey.group(1))));
    } catch (IllegalArgumentException e) {
      throw damaged(name, String.valueOf(e.getMessage()));
    }
  }

  private static String digest(String publicKey, Bytes der) {
    return Digest.ofAll(
            Bytes.copyOf("madrigal/keystore/1".getBytes(StandardCharsets.UTF_8)),
            Bytes.copyOf(publicKey.getBytes(StandardCharsets.UTF_8)),
            der)
        .hex();
  }

  private static NodeException damaged(String name, String detail) {
    return new NodeException(
        Kind.DAMAGED,
        "The key file '%s' is damaged: %s; put back your copy of it".formatted(name, detail));
  }
}
