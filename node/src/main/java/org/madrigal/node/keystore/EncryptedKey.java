package org.madrigal.node.keystore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.madrigal.core.crypto.SigningKey;

/**
 * An Ed25519 key as an EncryptedPrivateKeyInfo (RFC 5958, section 3) under PBES2 (RFC 8018, section
 * 6.2): PBKDF2 with HMAC-SHA-256 over the passphrase in UTF-8, then AES-256 in CBC mode. Inside is
 * the private key of RFC 8410, section 7.
 *
 * <pre>
 * SEQUENCE { SEQUENCE { PBES2, SEQUENCE { PBKDF2 parameters, AES-256-CBC parameters } },
 *            OCTET STRING { encrypted SEQUENCE { 0, { Ed25519 }, OCTET STRING { seed } } } }
 * </pre>
 */
final class EncryptedKey {

  /** The work of a guess (OWASP's figure for PBKDF2 with HMAC-SHA-256). */
  static final int ITERATIONS = 600_000;

  private static final int MAX_ITERATIONS = 10_000_000;
  private static final int SALT_LENGTH = 16;
  private static final int BLOCK_LENGTH = 16;
  private static final int KEY_BITS = 256;
  private static final String SCHEME = "PBEWithHmacSHA256AndAES_256";
  private static final byte[] PBES2 = HexFormat.of().parseHex("06092a864886f70d01050d");
  private static final byte[] PRIVATE_KEY_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private EncryptedKey() {}

  static byte[] encrypt(SigningKey key, Passphrase passphrase, RandomGenerator random) {
    byte[] salt = new byte[SALT_LENGTH];
    byte[] vector = new byte[BLOCK_LENGTH];
    random.nextBytes(salt);
    random.nextBytes(vector);
    PBEParameterSpec parameters =
        new PBEParameterSpec(salt, ITERATIONS, new IvParameterSpec(vector));
    byte[] seed = key.seed();
    byte[] plain = join(PRIVATE_KEY_PREFIX, seed);
    try {
      AlgorithmParameters encoded = AlgorithmParameters.getInstance(SCHEME);
      encoded.init(parameters);
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, parameters, passphrase).doFinal(plain);
      byte[] algorithm = der(0x30, join(PBES2, encoded.getEncoded()));
      return der(0x30, join(algorithm, der(0x04, encrypted)));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Every Java platform has PBES2 with AES", e);
    } finally {
      Arrays.fill(seed, (byte) 0);
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * Decrypts.
   *
   * @return the key, or nothing where the passphrase is another
   * @throws IOException if {@code encoded} is nothing that this version reads
   */
  static Optional<SigningKey> decrypt(byte[] encoded, Passphrase passphrase) throws IOException {
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encoded);
    PBEParameterSpec parameters = parameters(info);
    byte[] plain;
    try {
      plain = cipher(Cipher.DECRYPT_MODE, parameters, passphrase).doFinal(info.getEncryptedData());
    } catch (BadPaddingException e) {
      return Optional.empty();
    } catch (IllegalBlockSizeException e) {
      throw new IOException("its encrypted part is not a number of whole blocks", e);
    } catch (GeneralSecurityException e) {
      throw new IOException("its parameters make no sense: " + e.getMessage(), e);
    }
    try {
      return privateKey(plain);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static Optional<SigningKey> privateKey(byte[] plain) {
    int start = PRIVATE_KEY_PREFIX.length;
    if (plain.length != start + SigningKey.SEED_LENGTH
        || !Arrays.equals(plain, 0, start, PRIVATE_KEY_PREFIX, 0, start)) {
      return Optional.empty();
    }
    byte[] seed = Arrays.copyOfRange(plain, start, plain.length);
    try {
      return Optional.of(SigningKey.ofSeed(seed));
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private static PBEParameterSpec parameters(EncryptedPrivateKeyInfo info) throws IOException {
    AlgorithmParameters parameters = info.getAlgParameters();
    String scheme = parameters == null ? info.getAlgName() : parameters.toString();
    if (parameters == null || !SCHEME.equals(scheme)) {
      throw new IOException(
          "it is encrypted by %s; PBES2 with PBKDF2, HMAC-SHA-256 and AES-256-CBC is needed"
              .formatted(scheme));
    }
    try {
      PBEParameterSpec spec = parameters.getParameterSpec(PBEParameterSpec.class);
      if (spec.getIterationCount() < 1 || spec.getIterationCount() > MAX_ITERATIONS) {
        throw new IOException(
            "it asks for %d iterations of PBKDF2; 1 to %d can be done"
                .formatted(spec.getIterationCount(), MAX_ITERATIONS));
      }
      if (spec.getSalt().length == 0) {
        throw new IOException("its salt for PBKDF2 is empty");
      }
      return spec;
    } catch (GeneralSecurityException e) {
      throw new IOException("its parameters make no sense: " + e.getMessage(), e);
    }
  }

  private static Cipher cipher(int mode, PBEParameterSpec parameters, Passphrase passphrase)
      throws GeneralSecurityException {
    byte[] key = derive(parameters, passphrase);
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), parameters.getParameterSpec());
      return cipher;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static byte[] derive(PBEParameterSpec parameters, Passphrase passphrase) {
    return passphrase.lend(characters -> {
      PBEKeySpec spec =
          new PBEKeySpec(
              characters, parameters.getSalt(), parameters.getIterationCount(), KEY_BITS);
      try {
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(spec)
            .getEncoded();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("Every Java platform has PBKDF2", e);
      } finally {
        spec.clearPassword();
      }
    });
  }

  /** One element of DER; our lengths are all below 256. */
  private static byte[] der(int tag, byte[] content) {
    ByteBuffer element = ByteBuffer.allocate(content.length + 3).put((byte) tag);
    if (content.length >= 0x80) {
      element.put((byte) 0x81);
    }
    element.put((byte) content.length).put(content);
    return Arrays.copyOf(element.array(), element.position());
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
