package org.madrigal.ledger.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is committed is what the source compiles to, on the day and today. */
@Tag("evm")
final class ContractCodeTest {

  @Test
  void isCompiledAgainByteForByte() throws Exception {
    String committed;
    try (var in = ContractCode.class.getResourceAsStream("MadrigalLedger.json")) {
      assertThat(in).isNotNull();
      committed = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(Compiler.compile("contracts/MadrigalLedger.sol")).isEqualTo(committed);
  }
}
