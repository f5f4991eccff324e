package org.madrigal.core.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;

/** ML-KEM-768 (FIPS 203) as a function of its seeds, over encoded keys. */
final class MlKem {

  /** d and z of FIPS 203, algorithm 16. */
  static final int SEED_LENGTH = 64;

  /** The length of an encapsulation key in bytes. */
  static final int PUBLIC_LENGTH = 1184;

  private static final String NAME = "ML-KEM-768";
  private static final int MODULUS = 3329;

  /** The encoded polynomials of an encapsulation key; the rest of it is a seed. */
  private static final int POLYNOMIALS_LENGTH = 3 * 384;

  /** SubjectPublicKeyInfo (RFC 5280) up to the key, with the identifier 2.16.840.1.101.3.4.4.2. */
  private static final Bytes X509_PREFIX =
      Bytes.ofHex("308204b2300b0609608648016503040402038204a100");

  private MlKem() {}

  /** The check of FIPS 203, section 7.2: every coefficient is below the modulus. */
  static void check(Bytes encapsulationKey) {
    for (int at = 0; at < POLYNOMIALS_LENGTH; at += 3) {
      int low = Byte.toUnsignedInt(encapsulationKey.at(at));
      int middle = Byte.toUnsignedInt(encapsulationKey.at(at + 1));
      int high = Byte.toUnsignedInt(encapsulationKey.at(at + 2));
      int first = low | (middle & 0xf) << 8;
      int second = middle >> 4 | high << 4;
      if (first >= MODULUS || second >= MODULUS) {
        throw new IllegalArgumentException(
            "The ML-KEM-768 key has a coefficient of %d or more in bytes %d to %d"
                .formatted(MODULUS, at, at + 2));
      }
    }
  }

  static KeyPair keyPair(Secret seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
      generator.initialize(NamedParameterSpec.ML_KEM_768, new PresetRandom(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  static Bytes encoded(PublicKey key) {
    byte[] x509 = key.getEncoded();
    return Bytes.copyOf(x509, X509_PREFIX.length(), x509.length);
  }

  /** Encapsulates with the 32 bytes m of FIPS 203, algorithm 17. */
  static Encapsulation encapsulate(Bytes encapsulationKey, Secret message) {
    byte[] x509 =
        ByteBuffer.allocate(X509_PREFIX.length() + PUBLIC_LENGTH)
            .put(X509_PREFIX.asReadOnlyBuffer())
            .put(encapsulationKey.asReadOnlyBuffer())
            .array();
    try {
      PublicKey key = KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(x509));
      KEM.Encapsulated made =
          KEM.getInstance(NAME).newEncapsulator(key, null, new PresetRandom(message)).encapsulate();
      return new Encapsulation(
          Bytes.takeOver(made.encapsulation()), Secret.takeOver(made.key().getEncoded()));
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("Not an encapsulation key of ML-KEM-768", e);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /** What the ciphertext holds; something random where it was not made for this key. */
  static Secret decapsulate(PrivateKey key, Bytes ciphertext) {
    try {
      return Secret.takeOver(
          KEM.getInstance(NAME)
              .newDecapsulator(key)
              .decapsulate(ciphertext.toByteArray())
              .getEncoded());
    } catch (DecapsulateException e) {
      throw new IllegalArgumentException("Not a ciphertext of ML-KEM-768", e);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  private static IllegalStateException missing(GeneralSecurityException cause) {
    return new IllegalStateException("Every Java platform from 24 on has ML-KEM-768", cause);
  }
}
