package org.madrigal.bench;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The platform's AES-256-CTR and nothing else: what no masking can go below. */
final class RawStream {

  private static final int PIECE = 32 * 1024;

  private final byte[] zeros = new byte[PIECE];
  private final byte[] out = new byte[PIECE];
  private final Cipher cipher;

  RawStream() {
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(new byte[32], "AES"),
          new IvParameterSpec(new byte[16]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-CTR", e);
    }
  }

  /** Expands so many bytes, piece after piece into one buffer. */
  byte[] run(long bytes) throws GeneralSecurityException {
    for (long left = bytes; left > 0; left -= PIECE) {
      cipher.update(zeros, 0, (int) Math.min(left, PIECE), out, 0);
    }
    return out;
  }
}
