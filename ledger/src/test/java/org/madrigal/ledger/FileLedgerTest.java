package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Position;

final class FileLedgerTest extends DurableLedgerContract {

  @TempDir Path folder;
  @TempDir Path other;

  @Override
  protected Ledger open() {
    return FileLedger.open(folder, Fixtures.FEDERATION, Fixtures.ORDERER, clock);
  }

  @Test
  void knowsItsHistoryAfterEachEntryAlsoWithinABlock() throws Exception {
    SmallLedger.write(other);
    try (FileLedger ledger = FileLedger.open(other, Fixtures.FEDERATION, Fixtures.ORDERER, clock)) {
      Head head = Head.genesis(Fixtures.FEDERATION);
      assertThat(ledger.historyAfter(Position.FIRST)).contains(head);
      for (int i = 0; i < SmallLedger.ENTRIES; i++) {
        Entry entry = ledger.read(new Position(i), 1, Duration.ZERO).getFirst();
        head = head.after(entry.statement(), entry.time());
        assertThat(ledger.historyAfter(head.position())).contains(head);
      }
      assertThat(ledger.historyAfter(head.position().next())).isEmpty();
      assertThat(ledger.head().orElseThrow().head()).isEqualTo(head);
    }
  }
}
