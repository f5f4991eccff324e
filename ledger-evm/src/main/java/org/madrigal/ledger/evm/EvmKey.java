package org.madrigal.ledger.evm;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.madrigal.core.crypto.Bytes;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/**
 * The private key of an account, which pays and orders. It signs no statement: that is for the
 * member's own key. A secret: it is never shown.
 */
public final class EvmKey {

  private static final Pattern FORM = Pattern.compile("(0x)?[0-9a-fA-F]{64}");

  /** The order of the group of secp256k1 (SEC 2, section 2.4.1). */
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private final ECKeyPair pair;
  private final EvmAddress address;

  private EvmKey(ECKeyPair pair) {
    this.pair = pair;
    this.address = EvmAddress.parse("0x" + Keys.getAddress(pair));
  }

  /**
   * Reads 64 hexadecimal digits, with or without {@code 0x}.
   *
   * @throws IllegalArgumentException if they are no key; the message does not repeat them
   */
  public static EvmKey parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "The key of an account is written as 64 hexadecimal digits");
    }
    return of(new BigInteger(text.substring(text.length() - 64), 16));
  }

  static EvmKey of(BigInteger number) {
    if (number.signum() <= 0 || number.compareTo(ORDER) >= 0) {
      throw new IllegalArgumentException("The key of an account is a number that this one is not");
    }
    return new EvmKey(ECKeyPair.create(number));
  }

  /** The address of the account. */
  public EvmAddress address() {
    return address;
  }

  /** Signs a hash of 32 bytes; the nonce of the signature follows from key and hash (RFC 6979). */
  Sign.SignatureData sign(Bytes hash) {
    return Sign.signMessage(hash.toByteArray(), pair, false);
  }

  @Override
  public String toString() {
    return "EvmKey[secret]";
  }
}
