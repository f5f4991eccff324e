package org.madrigal.ledger.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Claims;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.Fixtures;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;

final class EntrySpoolTest {

  private static final String LEDGER = "evm:1:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
  private static final Digest MODEL = Digest.of(new byte[] {5});

  @TempDir private Path folder;

  @Test
  void givesBackWhatWasAdded() {
    List<ChainEntry> entries = List.of(entry(0), entry(1), entry(2));
    try (EntrySpool spool = open(LEDGER)) {
      assertThat(spool.size()).isZero();
      spool.add(entries);
    }
    try (EntrySpool spool = open(LEDGER)) {
      assertThat(spool.size()).isEqualTo(3);
      assertThat(spool.last()).contains(entries.getLast());
      for (int i = 0; i < 3; i++) {
        assertThat(spool.get(i)).isEqualTo(entries.get(i));
      }
    }
  }

  @Test
  void cutsOffATornEndAtEveryLength() throws Exception {
    long two;
    try (EntrySpool spool = open(LEDGER)) {
      spool.add(List.of(entry(0), entry(1)));
      two = Files.size(file());
      spool.add(List.of(entry(2)));
    }
    byte[] whole = Files.readAllBytes(file());
    for (int length = (int) two; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      try (EntrySpool spool = open(LEDGER)) {
        assertThat(spool.size()).isEqualTo(2);
        assertThat(spool.last()).contains(entry(1));
      }
      assertThat(Files.size(file())).isEqualTo(two);
    }
  }

  @Test
  void cutsOffWhatWasChanged() throws Exception {
    try (EntrySpool spool = open(LEDGER)) {
      spool.add(List.of(entry(0), entry(1)));
    }
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length - 1] ^= 1;
    Files.write(file(), bytes);
    try (EntrySpool spool = open(LEDGER)) {
      assertThat(spool.size()).isEqualTo(1);
      spool.add(List.of(entry(1)));
      assertThat(spool.get(1)).isEqualTo(entry(1));
    }
  }

  @Test
  void refusesTheCopyOfAnotherLedger() {
    open(LEDGER).close();
    assertThatThrownBy(() -> open(LEDGER.replace("evm:1:", "evm:2:")))
        .isInstanceOfSatisfying(
            LedgerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FOREIGN));
  }

  @Test
  void isOpenOnce() {
    try (EntrySpool spool = open(LEDGER)) {
      assertThat(spool.size()).isZero();
      assertThatThrownBy(() -> open(LEDGER))
          .isInstanceOfSatisfying(
              LedgerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LOCKED));
    }
  }

  private EntrySpool open(String ledger) {
    return EntrySpool.open(folder, ledger, Fixtures.FEDERATION);
  }

  private Path file() {
    return folder.resolve(EntrySpool.FILE);
  }

  private static ChainEntry entry(int number) {
    Head seen = Head.genesis(Fixtures.FEDERATION);
    Claims claims =
        new Claims(
            LEDGER,
            Contracts.ROSTER.get(number),
            seen,
            number == 1 ? Optional.of(Contracts.ROSTER.getFirst()) : Optional.empty(),
            number == 2
                ? Optional.of(new Claims.Attested(new RoundId(7), MODEL))
                : Optional.empty());
    return new ChainEntry(
        new Entry(
            new Position(number),
            new LedgerTime(1000L + number),
            SignedStatement.of(Bytes.ofHex("010%d".formatted(number))),
            number == 0
                ? Optional.empty()
                : Optional.of(Attachment.of(Bytes.takeOver(new byte[number]))),
            Optional.of(claims)),
        new Head(new Position(number + 1), MODEL),
        20L + number,
        MODEL.value(),
        10L + number);
  }
}
