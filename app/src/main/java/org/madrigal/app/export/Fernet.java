package org.madrigal.app.export;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.madrigal.core.crypto.Bytes;

/**
 * A key for Fernet tokens: authenticated encryption that Python's {@code cryptography} reads.
 * Source: the Fernet specification, version 0x80 (github.com/fernet/spec).
 *
 * <pre>
 * token = base64url(0x80 || time, 8 bytes, big-endian, s || IV, 16 bytes || AES-128-CBC, PKCS 7
 *         || HMAC-SHA256 of all before, 32 bytes)
 * key   = base64url(16 bytes for HMAC || 16 bytes for AES)
 * </pre>
 */
public final class Fernet {

  private static final byte VERSION = (byte) 0x80;
  private static final int HALF = 16;
  private static final int HEADER = 1 + Long.BYTES + HALF;
  private static final int MAC = 32;

  private final byte[] key;

  private Fernet(byte[] key) {
    this.key = key;
  }

  /** Draws a key. {@code random} must be a {@link java.security.SecureRandom} outside tests. */
  public static Fernet generate(RandomGenerator random) {
    byte[] key = new byte[2 * HALF];
    random.nextBytes(key);
    return new Fernet(key);
  }

  /**
   * Parses the text form: 44 characters of URL-safe Base64. The text itself stays out of messages.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Fernet parse(String text) {
    Optional<byte[]> key = decode(text.strip());
    if (key.isEmpty() || key.get().length != 2 * HALF) {
      throw new IllegalArgumentException(
          "A Fernet key is 32 bytes in URL-safe Base64, 44 characters");
    }
    return new Fernet(key.get());
  }

  /** The text form: a secret. */
  public String text() {
    return Base64.getUrlEncoder().encodeToString(key);
  }

  /** Encrypts {@code message} at {@code time} with an IV drawn from {@code random}. */
  public Bytes encrypt(byte[] message, Instant time, RandomGenerator random) {
    byte[] iv = new byte[HALF];
    random.nextBytes(iv);
    byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, iv, message);
    ByteBuffer token =
        ByteBuffer.allocate(HEADER + ciphertext.length + MAC)
            .put(VERSION)
            .putLong(time.getEpochSecond())
            .put(iv)
            .put(ciphertext);
    token.put(mac(token.array(), token.position()));
    return Bytes.takeOver(Base64.getUrlEncoder().encode(token.array()));
  }

  /** The message in {@code token}, unless this key did not make it or it was changed since. */
  public Optional<byte[]> decrypt(Bytes token) {
    byte[] bytes =
        decode(new String(token.toByteArray(), StandardCharsets.US_ASCII)).orElse(new byte[0]);
    int end = bytes.length - MAC;
    if (end < HEADER + HALF || (end - HEADER) % HALF != 0 || bytes[0] != VERSION) {
      return Optional.empty();
    }
    byte[] expected = mac(bytes, end);
    if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(bytes, end, bytes.length))) {
      return Optional.empty();
    }
    byte[] iv = Arrays.copyOfRange(bytes, HEADER - HALF, HEADER);
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, iv, Arrays.copyOfRange(bytes, HEADER, end)));
    } catch (IllegalStateException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> decode(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      boolean canonical = Base64.getUrlEncoder().encodeToString(bytes).equals(text);
      return canonical ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private byte[] cipher(int mode, byte[] iv, byte[] input) {
    try {
      Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
      aes.init(mode, new SecretKeySpec(key, HALF, HALF, "AES"), new IvParameterSpec(iv));
      return aes.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-128-CBC refused its input", e);
    }
  }

  private byte[] mac(byte[] input, int length) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(key, 0, HALF, "HmacSHA256"));
      hmac.update(input, 0, length);
      return hmac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
    }
  }

  /** Names no secret. */
  @Override
  public String toString() {
    return "Fernet[secret]";
  }
}
