package org.madrigal.ledger.evm;

import java.util.Locale;
import java.util.regex.Pattern;
import org.madrigal.core.crypto.Bytes;
import org.web3j.crypto.Keys;

/**
 * The address of an account or a contract.
 *
 * @param value 20 bytes
 */
public record EvmAddress(Bytes value) {

  /** The number of bytes. */
  public static final int LENGTH = 20;

  private static final Pattern FORM = Pattern.compile("0x[0-9a-fA-F]{40}");

  /** Refuses any other length. */
  public EvmAddress {
    if (value.length() != LENGTH) {
      throw new IllegalArgumentException(
          "An address has %d bytes, not %d".formatted(LENGTH, value.length()));
    }
  }

  /**
   * Reads {@code 0x} and 40 hexadecimal digits. Where letters are of both cases they must be those
   * of the checksum (ERC-55).
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static EvmAddress parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "An address is written 0x and 40 hexadecimal digits, not '%s'".formatted(text));
    }
    EvmAddress address = new EvmAddress(Bytes.ofHex(text.substring(2).toLowerCase(Locale.ROOT)));
    String digits = text.substring(2);
    boolean checked =
        !digits.equals(digits.toLowerCase(Locale.ROOT))
            && !digits.equals(digits.toUpperCase(Locale.ROOT));
    if (checked && !address.toString().equals(text)) {
      throw new IllegalArgumentException(
          "The checksum of the address '%s' is wrong: a digit is not what it was".formatted(text));
    }
    return address;
  }

  /** {@code 0x} and 40 hexadecimal digits, whose cases are a checksum (ERC-55). */
  @Override
  public String toString() {
    return Keys.toChecksumAddress(value.hex());
  }
}
