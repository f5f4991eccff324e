package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MemoryLedgerTest extends LedgerContract {

  @Override
  protected Ledger open() {
    return new MemoryLedger(clock);
  }

  @Test
  void isCalledMemory() {
    assertThat(ledger().identity()).isEqualTo("memory");
  }
}
