package org.madrigal.core.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.List;
import javax.crypto.KeyAgreement;

/** Diffie-Hellman on Curve25519 (RFC 7748) over encoded keys of 32 bytes. */
final class X25519 {

  static final int LENGTH = 32;

  private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final Bytes BASE_POINT = Bytes.ofHex("09" + "00".repeat(31));

  /** The coordinates below the prime whose points, or whose twist's, have an order dividing 8. */
  private static final List<Bytes> SMALL_ORDER =
      List.of(
          Bytes.ofHex("00".repeat(32)),
          Bytes.ofHex("01" + "00".repeat(31)),
          Bytes.ofHex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
          Bytes.ofHex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
          Bytes.ofHex("ec" + "ff".repeat(30) + "7f"));

  private X25519() {}

  /**
   * Refuses what no honest end sends: points of small order and coordinates of 2^255-19 or more.
   */
  static void check(Bytes publicKey) {
    if (coordinate(publicKey).compareTo(PRIME) >= 0) {
      throw new IllegalArgumentException(
          "The X25519 key %s is not written canonically".formatted(publicKey.hex()));
    }
    if (SMALL_ORDER.contains(publicKey)) {
      throw new IllegalArgumentException(
          "The X25519 key %s is a point of small order".formatted(publicKey.hex()));
    }
  }

  static Bytes publicKey(Secret privateKey) {
    return Bytes.takeOver(agree(privateKey, BASE_POINT).array());
  }

  static Secret agree(Secret privateKey, Bytes publicKey) {
    try {
      KeyFactory keys = KeyFactory.getInstance("X25519");
      PrivateKey own =
          keys.generatePrivate(
              new XECPrivateKeySpec(NamedParameterSpec.X25519, privateKey.array()));
      PublicKey peer =
          keys.generatePublic(
              new XECPublicKeySpec(NamedParameterSpec.X25519, coordinate(publicKey)));
      KeyAgreement agreement = KeyAgreement.getInstance("X25519");
      agreement.init(own);
      agreement.doPhase(peer, true);
      return Secret.takeOver(agreement.generateSecret());
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(
          "The X25519 key %s is a point of small order".formatted(publicKey.hex()), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform from 11 on has X25519", e);
    }
  }

  /** Little-endian, all 256 bits. */
  private static BigInteger coordinate(Bytes publicKey) {
    byte[] bytes = publicKey.toByteArray();
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte swapped = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swapped;
    }
    return new BigInteger(1, bytes);
  }
}
