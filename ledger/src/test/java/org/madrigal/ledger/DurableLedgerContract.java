package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Position;

/** What every {@link Ledger} promises that outlives its object. */
public abstract class DurableLedgerContract extends LedgerContract {

  @Test
  void keepsEverythingOverReopening() throws Exception {
    for (int i = 0; i < 8; i++) {
      ledger().append(statement(i), attachment(i));
      clock.advance(Duration.ofSeconds(3));
    }
    List<Entry> before = readAll(8);
    reopen();
    assertThat(readAll(8)).isEqualTo(before);
    reopen();
    ledger().append(statement(8), attachment(8));
    List<Entry> after = readAll(9);
    assertThat(after.subList(0, 8)).isEqualTo(before);
    assertThat(after.get(8).statement()).isEqualTo(statement(8));
  }

  @Test
  void makesOneEntryOfTheSameStatementOverReopening() throws Exception {
    ledger().append(statement(1), attachment(1));
    readAll(1);
    reopen();
    ledger().append(statement(1), attachment(1));
    ledger().append(statement(2), attachment(2));
    readAll(2);
    assertThat(ledger().read(new Position(2), 1, Duration.ZERO)).isEmpty();
  }

  @Test
  void tellsTimesThatNeverRunBackwardsOverReopening() throws Exception {
    ledger().append(statement(1), Optional.empty());
    reopen();
    clock.advance(Duration.ofDays(-2));
    ledger().append(statement(2), Optional.empty());
    List<LedgerTime> times = readAll(2).stream().map(Entry::time).toList();
    assertThat(times.get(1)).isEqualTo(times.get(0));
  }

  @Test
  void keepsItsNameOverReopening() throws Exception {
    String identity = ledger().identity();
    reopen();
    assertThat(ledger().identity()).isEqualTo(identity);
  }
}
