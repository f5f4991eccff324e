package org.madrigal.ledger.evm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import org.madrigal.core.crypto.Bytes;
import org.web3j.crypto.Hash;

/**
 * A key file as wallets write it: Web3 Secret Storage, version 3, with scrypt or PBKDF2. It is only
 * read.
 *
 * <p>Source: ethereum.org, "Web3 secret storage definition".
 */
public final class EvmKeystore {

  private static final int MAX_LENGTH = 64 * 1024;
  private static final int KEY = 32;
  private static final int HALF = 16;
  private static final long MAX_WORK = 1L << 26;

  private EvmKeystore() {}

  /** What came of opening a file. */
  public sealed interface Opening {

    /** The key. */
    record Opened(EvmKey key) implements Opening {}

    /** Another password, or bytes that were changed. */
    record WrongPassword() implements Opening {}

    /**
     * No such file.
     *
     * @param reason why, a clause for people
     */
    record Malformed(String reason) implements Opening {}
  }

  /**
   * Opens a file.
   *
   * @param content its bytes
   * @param password the password, which the caller erases
   */
  public static Opening open(Bytes content, char[] password) {
    if (content.length() > MAX_LENGTH) {
      return new Opening.Malformed("it has more than %d bytes".formatted(MAX_LENGTH));
    }
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] secret = new byte[encoded.remaining()];
    encoded.get(secret).clear();
    while (encoded.hasRemaining()) {
      encoded.put((byte) 0);
    }
    try {
      JsonNode file = new ObjectMapper().readTree(content.toByteArray());
      return open(file, secret);
    } catch (IOException e) {
      return new Opening.Malformed("it is no JSON");
    } catch (IllegalArgumentException e) {
      return new Opening.Malformed(String.valueOf(e.getMessage()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The Java platform has no AES", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static Opening open(JsonNode file, byte[] password) throws GeneralSecurityException {
    JsonNode crypto = file.has("crypto") ? file.path("crypto") : file.path("Crypto");
    require(file.path("version").asInt() == 3, "its version is not 3");
    require(crypto.path("cipher").asText().equals("aes-128-ctr"), "its cipher is not aes-128-ctr");
    byte[] encrypted = hex(crypto, "ciphertext", KEY);
    byte[] iv = hex(crypto.path("cipherparams"), "iv", HALF);
    byte[] derived = derive(crypto, password);
    byte[] mac = new byte[HALF + encrypted.length];
    System.arraycopy(derived, HALF, mac, 0, HALF);
    System.arraycopy(encrypted, 0, mac, HALF, encrypted.length);
    if (!MessageDigest.isEqual(Hash.sha3(mac), hex(crypto, "mac", KEY))) {
      return new Opening.WrongPassword();
    }
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(derived, 0, HALF, "AES"), new IvParameterSpec(iv));
    byte[] key = cipher.doFinal(encrypted);
    try {
      return new Opening.Opened(EvmKey.of(new BigInteger(1, key)));
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(derived, (byte) 0);
    }
  }

  private static byte[] derive(JsonNode crypto, byte[] password) {
    JsonNode parameters = crypto.path("kdfparams");
    require(parameters.path("dklen").asInt() == KEY, "its key is not derived with 32 bytes");
    byte[] salt = salt(parameters.path("salt").asText());
    return switch (crypto.path("kdf").asText()) {
      case "scrypt" -> {
        int n = parameters.path("n").asInt();
        int r = parameters.path("r").asInt();
        int p = parameters.path("p").asInt();
        require(
            n < 1L << Math.min(Long.SIZE - 2, (long) HALF * r),
            "its scrypt has an n too large for its r (RFC 7914, section 6)");
        require(
            n > 1 && Integer.bitCount(n) == 1 && r > 0 && p > 0 && (long) n * r * p <= MAX_WORK,
            "its scrypt takes too much, or too little");
        yield SCrypt.generate(password, salt, n, r, p, KEY);
      }
      case "pbkdf2" -> {
        int count = parameters.path("c").asInt();
        require(parameters.path("prf").asText().equals("hmac-sha256"), "its prf is unknown");
        require(count > 0 && count <= MAX_WORK, "its pbkdf2 takes too much, or too little");
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
        generator.init(password, salt, count);
        yield ((KeyParameter) generator.generateDerivedMacParameters(KEY * 8)).getKey();
      }
      default -> throw new IllegalArgumentException("its kdf is neither scrypt nor pbkdf2");
    };
  }

  private static byte[] salt(String text) {
    require(text.matches("([0-9a-fA-F]{2}){8,64}"), "'salt' has not 8 to 64 bytes");
    return Bytes.ofHex(text.toLowerCase(Locale.ROOT)).toByteArray();
  }

  private static byte[] hex(JsonNode object, String field, int length) {
    String text = object.path(field).asText().toLowerCase(Locale.ROOT);
    require(
        text.matches("[0-9a-f]{%d}".formatted(2 * length)),
        "'%s' has not %d bytes".formatted(field, length));
    return Bytes.ofHex(text).toByteArray();
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
