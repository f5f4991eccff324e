package org.madrigal.ledger.evm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a ledger on a chain, as an enrolment states it: {@code evm:CHAIN:CONTRACT}.
 *
 * @param chain the number of the chain (EIP-155)
 * @param contract the address of the contract on it
 */
public record EvmLedgerId(long chain, EvmAddress contract) {

  private static final Pattern FORM = Pattern.compile("evm:([1-9][0-9]{0,17}):(0x[0-9a-fA-F]{40})");

  /** Refuses chains without a number. */
  public EvmLedgerId {
    if (chain < 1) {
      throw new IllegalArgumentException("A chain's number is 1 or more, not %d".formatted(chain));
    }
  }

  /**
   * Reads {@code evm:CHAIN:CONTRACT}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static EvmLedgerId parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "A ledger on a chain is written evm:CHAIN:CONTRACT, such as evm:1337:0x1f98..., not '%s'"
              .formatted(text));
    }
    return new EvmLedgerId(Long.parseLong(form.group(1)), EvmAddress.parse(form.group(2)));
  }

  @Override
  public String toString() {
    return "evm:%d:%s".formatted(chain, contract);
  }
}
