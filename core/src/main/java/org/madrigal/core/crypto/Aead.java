package org.madrigal.core.crypto;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D) under keys that are used for one message each: the nonce is zero. A
 * key that seals two messages gives both away; every key is derived for one sender, recipient, slot
 * and kind, and erased or published after use.
 *
 * <p>GCM does not commit to its key: a ciphertext can be made to open under two keys. Where that
 * matters, a {@link KeyCommitment} to the key is published first.
 */
public final class Aead {

  /** By how much a ciphertext is longer than its plaintext, in bytes. */
  public static final int OVERHEAD = 16;

  /** The length of every key in bytes. */
  public static final int KEY_LENGTH = 32;

  private static final byte[] NONCE = new byte[12];

  private Aead() {}

  /** Encrypts the only message that this 32-byte key will ever encrypt. */
  public static Bytes seal(Secret key, Purpose purpose, Secret plaintext) {
    try {
      return Bytes.takeOver(cipher(Cipher.ENCRYPT_MODE, key, purpose).doFinal(plaintext.array()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM refuses to encrypt", e);
    }
  }

  /** The plaintext; empty if key, purpose or ciphertext is not the one that was sealed. */
  public static Optional<Secret> open(Secret key, Purpose purpose, Bytes sealed) {
    if (sealed.length() < OVERHEAD) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Secret.takeOver(cipher(Cipher.DECRYPT_MODE, key, purpose).doFinal(sealed.toByteArray())));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM refuses to decrypt", e);
    }
  }

  private static Cipher cipher(int mode, Secret key, Purpose purpose)
      throws GeneralSecurityException {
    key.ofLength(KEY_LENGTH, "A key of AES-256");
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(key.array(), "AES"), new GCMParameterSpec(8 * OVERHEAD, NONCE));
    cipher.updateAAD(purpose.encoded().toByteArray());
    return cipher;
  }
}
