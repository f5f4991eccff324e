package org.madrigal.core.crypto;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869), with typed info. */
public final class Hkdf {

  private Hkdf() {}

  /** HKDF-Extract: a pseudorandom key of 32 bytes. An empty salt is 32 zero bytes (RFC 5869). */
  public static Secret extract(Bytes salt, Secret inputKey) {
    return data(
        HKDFParameterSpec.ofExtract()
            .addIKM(inputKey.array())
            .addSalt(salt.toByteArray())
            .extractOnly());
  }

  /** HKDF-Expand of a uniform key, as {@link #extract} gives it, to {@code length} bytes. */
  public static Secret expand(Secret pseudorandomKey, Purpose info, int length) {
    return expand(pseudorandomKey, info.encoded(), length);
  }

  static Secret expand(Secret pseudorandomKey, Bytes info, int length) {
    return data(
        HKDFParameterSpec.expandOnly(
            new SecretKeySpec(pseudorandomKey.array(), "HKDF"), info.toByteArray(), length));
  }

  /** Extract and expand in one. */
  public static Secret derive(Bytes salt, Secret inputKey, Purpose info, int length) {
    return data(
        HKDFParameterSpec.ofExtract()
            .addIKM(inputKey.array())
            .addSalt(salt.toByteArray())
            .thenExpand(info.encoded().toByteArray(), length));
  }

  private static Secret data(AlgorithmParameterSpec parameters) {
    try {
      return Secret.takeOver(KDF.getInstance("HKDF-SHA256").deriveData(parameters));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform from 25 on has HKDF-SHA256", e);
    }
  }
}
