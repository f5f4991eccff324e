package org.madrigal.ledger.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, ledgers, keys and finality as people write them. */
final class EvmNamesTest {

  /** From ERC-55. */
  private static final String ADDRESS = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

  @ParameterizedTest
  @ValueSource(
      strings = {
        ADDRESS,
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
      })
  void anAddressHasItsChecksum(String text) {
    assertThat(EvmAddress.parse(text)).hasToString(text);
    assertThat(EvmAddress.parse(text.toLowerCase(Locale.ROOT))).hasToString(text);
  }

  @Test
  void anAddressWithAWrongDigitIsNoticed() {
    assertThatThrownBy(() -> EvmAddress.parse(ADDRESS.replace("5aA", "5bA")))
        .hasMessageContaining("The checksum of the address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x", "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", ADDRESS + "0"})
  void otherThingsAreNoAddress(String text) {
    assertThatThrownBy(() -> EvmAddress.parse(text))
        .hasMessageContaining("An address is written 0x and 40 hexadecimal digits");
  }

  @Test
  void aLedgerIsNamedByChainAndContract() {
    EvmLedgerId ledger = EvmLedgerId.parse("evm:1337:" + ADDRESS.toLowerCase(Locale.ROOT));
    assertThat(ledger).isEqualTo(new EvmLedgerId(1337, EvmAddress.parse(ADDRESS)));
    assertThat(ledger).hasToString("evm:1337:" + ADDRESS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evm:0:" + ADDRESS, "evm:1", "file:1:" + ADDRESS, "evm:-1:" + ADDRESS})
  void otherThingsAreNoLedger(String text) {
    assertThatThrownBy(() -> EvmLedgerId.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("evm:CHAIN:CONTRACT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "finalized", "depth:12"})
  void finalityIsReadAsItIsWritten(String text) {
    assertThat(Finality.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "depth:0", "depth:", "safe", "depth:9999999"})
  void otherThingsAreNoFinality(String text) {
    assertThatThrownBy(() -> Finality.parse(text))
        .hasMessageContaining("latest, finalized or depth:N");
  }

  @Test
  void aKeyIsNeverRepeated() {
    String secret = "1".repeat(63);
    assertThatThrownBy(() -> EvmKey.parse(secret)).message().doesNotContain(secret);
    assertThat(EvmKey.parse("0x" + secret + "1")).hasToString("EvmKey[secret]");
    assertThatThrownBy(() -> EvmKey.parse("0".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EvmKey.parse("f".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
