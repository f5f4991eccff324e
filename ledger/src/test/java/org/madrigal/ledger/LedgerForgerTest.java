package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.LedgerVerdict.Broken;
import org.madrigal.ledger.LedgerVerdict.Sound;

/** An attacker who recomputes every checksum and hash is found by the orderer's signature. */
final class LedgerForgerTest {

  @TempDir Path temporary;
  private Path folder = Path.of("");
  private final List<Entry> entries = new ArrayList<>();

  @BeforeEach
  void writeLedger() throws IOException {
    folder = temporary.resolve("ledger");
    SmallLedger.write(folder);
    LedgerVerifier.of(folder).verify(entries::add);
  }

  @Test
  void findsAChangedTime() throws IOException {
    LedgerTime later = new LedgerTime(entries.get(3).time().epochMillis() + 1);
    forge().time(3, later).write(folder);
    assertFound(3);
  }

  @Test
  void findsAChangedOrder() throws IOException {
    forge().swap(2, 5).write(folder);
    assertFound(1);
  }

  @Test
  void findsAChangedStatement() throws IOException {
    forge().statement(4, SmallLedger.statement(77)).write(folder);
    assertFound(4);
  }

  @Test
  void findsAChangedAttachment() throws IOException {
    forge().attachment(3, Optional.of(SmallLedger.attachment(77))).write(folder);
    assertFound(3);
  }

  @Test
  void findsARemovedAttachment() throws IOException {
    forge().attachment(3, Optional.empty()).write(folder);
    assertFound(3);
  }

  @Test
  void findsARemovedEntry() throws IOException {
    forge().remove(0).write(folder);
    assertFound(0);
  }

  @Test
  void findsAChangedTail() throws IOException {
    forge().cut(6).write(folder);
    assertFound(4);
  }

  @Test
  void findsATailThatWasCutOffAtTheEndOfABlockByItsHead() throws IOException {
    Head head = ((Sound) SmallLedger.verify(folder)).head().orElseThrow().head();
    forge().cut(4).write(folder);
    assertThat(SmallLedger.verify(folder)).isInstanceOf(Sound.class);
    assertThat(LedgerVerifier.of(folder).reaching(head).verify(entry -> {}))
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.first()).isEqualTo(new Position(4)));
  }

  @Test
  void findsAnotherOrdererWhereTheKeyIsKnown() throws IOException {
    forge().statement(4, SmallLedger.statement(77)).writeAs(folder, Fixtures.key(5));
    assertThat(SmallLedger.verify(folder)).isInstanceOf(Sound.class);
    assertThat(
            LedgerVerifier.of(folder)
                .orderedBy(Fixtures.ORDERER.verifyingKey())
                .verify(entry -> {}))
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.first()).isEqualTo(Position.FIRST));
  }

  @Test
  void changesNothingByItself() throws IOException {
    var before = SmallLedger.bytes(folder);
    forge().write(folder);
    assertThat(SmallLedger.bytes(folder)).usingRecursiveComparison().isEqualTo(before);
  }

  private LedgerForger forge() throws IOException {
    return LedgerForger.read(folder);
  }

  private void assertFound(long position) {
    assertThat(SmallLedger.verify(folder))
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.first()).isEqualTo(new Position(position)));
  }
}
