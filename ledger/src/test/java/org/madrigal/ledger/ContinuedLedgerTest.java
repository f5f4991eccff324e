package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Origin;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;

/** A ledger in files that goes on where another one ended. */
final class ContinuedLedgerTest {

  private static final SigningKey SECOND = SigningKey.ofSeed(new byte[SigningKey.SEED_LENGTH]);

  @TempDir Path temporary;

  @Test
  void isReadFromTheFirstEntryOfTheOneBeforeToItsOwnLast() throws Exception {
    Origin end = old(5);
    append(end, 5, 8);
    List<Entry> entries = all(end);
    assertThat(entries).hasSize(8);
    Head head = Head.genesis(Fixtures.FEDERATION);
    for (int i = 0; i < 8; i++) {
      assertThat(entries.get(i).position()).isEqualTo(new Position(i));
      head = head.after(entries.get(i).statement(), entries.get(i).time());
    }
    try (FileLedger ledger = open(end)) {
      assertThat(ledger.historyAfter(new Position(8))).contains(head);
      assertThat(ledger.historyAfter(end.first())).contains(end.head());
      assertThat(ledger.historyAfter(new Position(4))).isEmpty();
      assertThat(ledger.historyAfter(new Position(9))).isEmpty();
    }
  }

  @Test
  void leavesOutWhatTheOneBeforeTookAfterItsEnd() throws Exception {
    old(5);
    Origin end;
    try (FileLedger ledger = first()) {
      Head three = ledger.historyAfter(new Position(3)).orElseThrow();
      LedgerTime time = ledger.read(new Position(2), 1, Duration.ZERO).getFirst().time();
      end = new Origin(three, time);
    }
    append(end, 5, 6);
    assertThat(all(end).stream().map(Entry::statement))
        .containsExactly(statement(0), statement(1), statement(2), statement(5));
  }

  @Test
  void isVerifiedFromItsOriginOn() throws Exception {
    Origin end = old(3);
    append(end, 3, 5);
    List<Entry> entries = new ArrayList<>();
    assertThat(LedgerVerifier.of(next()).verify(entries::add))
        .isInstanceOfSatisfying(
            LedgerVerdict.Sound.class,
            sound -> {
              assertThat(sound.genesis().origin()).isEqualTo(end);
              assertThat(sound.bytes())
                  .isEqualTo(
                      sizeOf(next().resolve(Genesis.FILE))
                          + sizeOf(LedgerFolder.segment(next(), end.first())));
            });
    assertThat(entries.stream().map(Entry::position).map(Position::value)).containsExactly(3L, 4L);
  }

  private static long sizeOf(Path file) {
    return file.toFile().length();
  }

  @Test
  void isCopiedOnlyWhereItsOriginIsTheOneExpected() throws Exception {
    Origin end = old(3);
    append(end, 3, 5);
    Genesis genesis = genesis();
    Origin other = new Origin(end.head(), new LedgerTime(end.time().epochMillis() + 1));
    try (LedgerCopy copy = copy("wrong", other)) {
      assertThatThrownBy(() -> copy.begin(genesis))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("where the history that is here ends");
    }
    Path segment = LedgerFolder.segment(next(), end.first());
    byte[] blocks = Files.readAllBytes(segment);
    try (LedgerCopy copy = copy("right", end)) {
      copy.begin(genesis);
      assertThat(copy.accept(new ByteArrayInputStream(blocks), blocks.length))
          .isInstanceOf(LedgerCopy.Acceptance.Accepted.class);
      assertThat(copy.read(end.first(), 10, Duration.ZERO)).hasSize(2);
    }
    assertThatThrownBy(() -> copy("right", Origin.of(Fixtures.FEDERATION)))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("begins at " + end.head());
  }

  @Test
  void isNotOpenedForAnotherOrigin() throws Exception {
    Origin end = old(3);
    append(end, 3, 4);
    assertThatThrownBy(() -> open(Origin.of(Fixtures.FEDERATION)))
        .isInstanceOfSatisfying(
            LedgerException.class,
            e -> assertThat(e.kind()).isEqualTo(LedgerException.Kind.FOREIGN));
  }

  @Test
  void hasNoTimeBeforeThatOfTheOneBefore() throws Exception {
    Origin end = old(3);
    Origin later = new Origin(end.head(), new LedgerTime(4_000_000_000_000L));
    append(later, 3, 4);
    try (FileLedger ledger = open(later)) {
      assertThat(ledger.read(later.first(), 1, Duration.ZERO).getFirst().time())
          .isEqualTo(later.time());
    }
  }

  @Test
  void refusesAnArchiveWithAnotherHistory() throws Exception {
    Origin end = old(3);
    Origin other = new Origin(Head.genesis(Fixtures.FEDERATION), end.time());
    Origin wrong = new Origin(new Head(end.first(), other.head().hash()), end.time());
    try (Archives archives = new Archives()) {
      assertThatThrownBy(() -> archives.add(FileArchive.open(temporary.resolve("old")), wrong))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("where the members handed over " + wrong.head());
    }
  }

  @Test
  void noFlippedByteOfItsGenesisPasses() throws Exception {
    byte[] bytes = Genesis.sign(Fixtures.FEDERATION, SECOND, 1000, old(3)).encode().toByteArray();
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 1;
      assertThat(Genesis.decode(Bytes.takeOver(flipped)))
          .as("byte %d", i)
          .isInstanceOf(Decoding.Malformed.class);
    }
    assertThat(Genesis.decode(Bytes.takeOver(bytes))).isInstanceOf(Decoding.Decoded.class);
  }

  private Origin old(int entries) throws Exception {
    try (FileLedger ledger = first()) {
      for (int i = 0; i < entries; i++) {
        ledger.append(statement(i), Optional.empty());
      }
      Position count = new Position(entries);
      LedgerTime time = ledger.read(new Position(entries - 1), 1, Duration.ZERO).getFirst().time();
      return new Origin(ledger.historyAfter(count).orElseThrow(), time);
    }
  }

  private FileLedger first() {
    return FileLedger.open(
        temporary.resolve("old"), Fixtures.FEDERATION, Fixtures.ORDERER, TestClock.of2026());
  }

  private void append(Origin origin, int from, int to) throws Exception {
    try (FileLedger ledger = open(origin)) {
      for (int i = from; i < to; i++) {
        ledger.append(statement(i), Optional.empty());
      }
    }
  }

  private FileLedger open(Origin origin) {
    return FileLedger.open(next(), Fixtures.FEDERATION, origin, SECOND, TestClock.of2026());
  }

  private Path next() {
    return temporary.resolve("next");
  }

  private Genesis genesis() {
    return switch (Genesis.read(next())) {
      case Decoding.Decoded<Genesis>(Genesis genesis) -> genesis;
      case Decoding.Malformed<Genesis>(String reason) -> throw new IllegalStateException(reason);
    };
  }

  private LedgerCopy copy(String name, Origin origin) {
    return LedgerCopy.open(
        temporary.resolve(name), Fixtures.FEDERATION, SECOND.verifyingKey(), origin);
  }

  /** Everything, in batches that end within the archive and within the present ledger. */
  private List<Entry> all(Origin end) throws Exception {
    Archives archives = new Archives();
    archives.add(FileArchive.open(temporary.resolve("old")), end);
    List<Entry> entries = new ArrayList<>();
    try (MovedLedger ledger = new MovedLedger(archives, open(end), Set.of("file:old"))) {
      assertThat(ledger.continues("file:old")).isTrue();
      assertThat(ledger.continues(ledger.identity())).isFalse();
      assertThat(ledger.identity()).isEqualTo("file:" + SECOND.verifyingKey().text());
      List<Entry> some = ledger.read(Position.FIRST, 2, Duration.ZERO);
      while (!some.isEmpty()) {
        entries.addAll(some);
        some = ledger.read(new Position(entries.size()), 2, Duration.ZERO);
      }
    }
    return entries;
  }

  private static SignedStatement statement(int number) {
    byte[] bytes = new byte[20];
    IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (number + i));
    return SignedStatement.of(Bytes.takeOver(bytes));
  }
}
