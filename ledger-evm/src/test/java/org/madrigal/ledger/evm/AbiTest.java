package org.madrigal.ledger.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;

final class AbiTest {

  /**
   * From the specification, "Examples": sam(bytes,bool,uint256[]) with "dave", true and [1,2,3].
   */
  @Test
  void encodesTheExampleOfTheSpecification() {
    Bytes call =
        Abi.call(
            Abi.selector("sam(bytes,bool,uint256[])"),
            Abi.blob(Bytes.ofHex("64617665")),
            Abi.of(1),
            new Abi.Argument.Words(List.of(word(1), word(2), word(3))));
    assertThat(call.hex())
        .isEqualTo(
            "a5643bf2"
                + "0000000000000000000000000000000000000000000000000000000000000060"
                + "0000000000000000000000000000000000000000000000000000000000000001"
                + "00000000000000000000000000000000000000000000000000000000000000a0"
                + "0000000000000000000000000000000000000000000000000000000000000004"
                + "6461766500000000000000000000000000000000000000000000000000000000"
                + "0000000000000000000000000000000000000000000000000000000000000003"
                + "0000000000000000000000000000000000000000000000000000000000000001"
                + "0000000000000000000000000000000000000000000000000000000000000002"
                + "0000000000000000000000000000000000000000000000000000000000000003");
  }

  @Test
  void readsWhatItWrote() throws Exception {
    EvmAddress address = EvmAddress.parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    Abi.Reader read =
        new Abi.Reader(Abi.encode(Abi.of(7), Abi.blob(Bytes.ofHex("010203")), Abi.of(address)));
    assertThat(read.number(0)).isEqualTo(7);
    assertThat(read.blob(1)).isEqualTo(Bytes.ofHex("010203"));
    assertThat(read.address(2)).isEqualTo(address);
  }

  @Test
  void refusesWhatLeadsOutOfTheWords() {
    assertThatThrownBy(() -> new Abi.Reader(word(1)).word(1))
        .isInstanceOf(MalformedAnswerException.class);
    assertThatThrownBy(() -> new Abi.Reader(word(64)).blob(0))
        .isInstanceOf(MalformedAnswerException.class);
    assertThatThrownBy(() -> new Abi.Reader(Abi.join(word(32), word(1))).blob(0))
        .isInstanceOf(MalformedAnswerException.class);
    assertThatThrownBy(() -> new Abi.Reader(Abi.word(BigInteger.TWO.pow(255))).number(0))
        .isInstanceOf(MalformedAnswerException.class);
  }

  private static Bytes word(long number) {
    return Abi.word(BigInteger.valueOf(number));
  }
}
