package org.madrigal.ledger.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Claims;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.Fixtures;
import org.madrigal.ledger.LedgerVerdict;

final class ChainCopyTest {

  private static final String LEDGER = "evm:1:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
  private static final int COUNT = 4;

  @TempDir private Path folder;
  private final List<Entry> entries = new ArrayList<>();

  @BeforeEach
  void write() {
    Head head = Head.genesis(Fixtures.FEDERATION);
    try (EntrySpool spool = EntrySpool.open(folder, LEDGER, Fixtures.FEDERATION)) {
      for (int i = 0; i < COUNT; i++) {
        Claims claims =
            new Claims(
                LEDGER, Contracts.ROSTER.getFirst(), head, Optional.empty(), Optional.empty());
        Entry entry =
            new Entry(
                head.position(),
                new LedgerTime(i),
                SignedStatement.of(Bytes.ofHex("0a0%d".formatted(i))),
                Optional.empty(),
                Optional.of(claims));
        head = head.after(entry.statement(), entry.time());
        entries.add(entry);
        spool.add(List.of(new ChainEntry(entry, head, i, Digest.of(new byte[1]).value(), i)));
      }
    }
  }

  @Test
  void saysWhoseItIs() {
    assertThat(copy().ledger()).isEqualTo(LEDGER);
    assertThat(copy().federation()).isEqualTo(Fixtures.FEDERATION);
    assertThat(ChainCopy.in(folder.resolve("elsewhere"))).isEmpty();
  }

  @Test
  void givesEveryEntry() {
    List<Entry> read = new ArrayList<>();
    assertThat(copy().read(read::add)).isEmpty();
    assertThat(read).isEqualTo(entries);
  }

  @Test
  void leavesATornEndOut() throws IOException {
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
    List<Entry> read = new ArrayList<>();
    assertThat(copy().read(read::add)).isEmpty();
    assertThat(read).hasSize(COUNT - 1);
  }

  @Test
  void namesTheEntryWhoseBytesWereChanged() throws IOException {
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length - 10] ^= 1;
    Files.write(file(), bytes);
    assertThat(copy().read(entry -> {}).map(LedgerVerdict.Broken::first))
        .contains(entries.getLast().position());
  }

  private ChainCopy copy() {
    return ChainCopy.in(folder).orElseThrow();
  }

  private Path file() {
    return folder.resolve(EntrySpool.FILE);
  }
}
