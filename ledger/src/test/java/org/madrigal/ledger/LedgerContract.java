package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Held;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;

/** What every {@link Ledger} promises. Each implementation runs it by a subclass. */
@Timeout(120)
public abstract class LedgerContract {

  /** Longer than anything takes; only a failing test waits that long. */
  protected static final Duration LONG = Duration.ofSeconds(60);

  /** The clock that the ledger under test tells its time from. */
  protected final TestClock clock = TestClock.of2026();

  private Ledger ledger = new MemoryLedger(clock);

  /** Opens the one ledger of this test, empty at first. */
  protected abstract Ledger open() throws Exception;

  /** The ledger under test. */
  protected final Ledger ledger() {
    return ledger;
  }

  /** Closes the ledger and opens it again. */
  protected final void reopen() throws Exception {
    ledger.close();
    ledger = open();
  }

  @BeforeEach
  void openLedger() throws Exception {
    ledger = open();
  }

  @AfterEach
  void closeLedger() {
    ledger.close();
  }

  @Test
  void deliversWhatWasAppendedInOrder() throws Exception {
    for (int i = 0; i < 20; i++) {
      ledger.append(statement(i), attachment(i));
    }
    List<Entry> entries = readAll(20);
    for (int i = 0; i < 20; i++) {
      Entry entry = entries.get(i);
      assertThat(entry.position()).isEqualTo(new Position(i));
      assertThat(entry.statement()).isEqualTo(statement(i));
      assertThat(entry.attachment()).isEqualTo(attachment(i));
    }
  }

  @Test
  void hasNoEntryAtFirst() throws Exception {
    assertThat(ledger.read(Position.FIRST, 10, Duration.ZERO)).isEmpty();
    assertThat(ledger.read(new Position(7), 10, Duration.ofMillis(1))).isEmpty();
  }

  @Test
  void readsFromAnyPlaceAndNoMoreThanTheLimit() throws Exception {
    for (int i = 0; i < 10; i++) {
      ledger.append(statement(i), Optional.empty());
    }
    readAll(10);
    for (int from = 0; from < 10; from++) {
      for (int limit = 1; limit < 12; limit++) {
        List<Entry> entries = ledger.read(new Position(from), limit, Duration.ZERO);
        assertThat(entries).hasSizeBetween(1, Math.min(limit, 10 - from));
        assertThat(entries.getFirst().position().value()).isEqualTo(from);
        assertThat(entries.getFirst().statement()).isEqualTo(statement(from));
      }
    }
    assertThat(ledger.read(new Position(10), 5, Duration.ZERO)).isEmpty();
  }

  @Test
  void makesOneEntryOfTheSameStatement() throws Exception {
    ledger.append(statement(1), attachment(1));
    ledger.append(statement(1), attachment(1));
    ledger.append(statement(2), Optional.empty());
    ledger.append(statement(1), attachment(1));
    assertThat(readAll(2)).hasSize(2);
    assertThat(ledger.read(new Position(2), 1, Duration.ZERO)).isEmpty();
  }

  @Test
  void makesOneEntryOfStatementsThatManyAppendAtOnce() throws Exception {
    int distinct = 25;
    int writers = 8;
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      int shift = w;
      tasks.add(() -> {
        for (int i = 0; i < distinct; i++) {
          int number = (i + shift) % distinct;
          ledger.append(statement(number), attachment(number));
        }
        return null;
      });
    }
    runAll(tasks);
    List<Entry> entries = readAll(distinct);
    assertThat(entries.stream().map(Entry::statement).distinct()).hasSize(distinct);
    assertThat(ledger.read(new Position(distinct), 1, Duration.ZERO)).isEmpty();
  }

  @Test
  void keepsTheOrderOfEachWriterWhileOthersReadTheSameHistory() throws Exception {
    int each = 40;
    List<Callable<List<Entry>>> tasks = new ArrayList<>();
    for (int w = 0; w < 4; w++) {
      int writer = w;
      tasks.add(() -> {
        for (int i = 0; i < each; i++) {
          ledger.append(statement(1000 * writer + i), Optional.empty());
        }
        return List.of();
      });
    }
    tasks.add(() -> readAll(4 * each));
    tasks.add(() -> readAll(4 * each));
    List<List<Entry>> results = runAll(tasks);
    List<Entry> seen = results.get(4);
    assertThat(results.get(5)).isEqualTo(seen);
    List<SignedStatement> order = seen.stream().map(Entry::statement).toList();
    for (int w = 0; w < 4; w++) {
      for (int i = 1; i < each; i++) {
        assertThat(order.indexOf(statement(1000 * w + i)))
            .isGreaterThan(order.indexOf(statement(1000 * w + i - 1)));
      }
    }
  }

  /**
   * It names bytes that the members keep themselves: whether it counts is not for ledgers to say.
   */
  @Test
  void carriesAStatementWhoseAttachmentLiesElsewhere() throws Exception {
    Digest digest = Digest.of(new byte[] {1});
    Payload payload =
        new Payload(
            Fixtures.FEDERATION,
            Head.genesis(Fixtures.FEDERATION),
            new Statement.Update(
                new RoundId(1), digest, new AttachmentRef(digest, 1L << 30), Metrics.NONE));
    SignedStatement naming = StatementCodec.sign(new MemberId("ada"), payload, Fixtures.key(1));
    Payload held =
        new Payload(
            Fixtures.FEDERATION,
            Head.genesis(Fixtures.FEDERATION),
            new Statement.Receipt(List.of(new Held(Position.FIRST, digest))));
    SignedStatement receipt = StatementCodec.sign(new MemberId("ada"), held, Fixtures.key(1));
    ledger.append(naming, Optional.empty());
    ledger.append(receipt, Optional.empty());
    List<Entry> entries = readAll(2);
    assertThat(entries).extracting(Entry::statement).containsExactly(naming, receipt);
    assertThat(entries).allSatisfy(entry -> assertThat(entry.attachment()).isEmpty());
  }

  @Test
  void carriesBigAttachments() throws Exception {
    Attachment big = Attachment.of(randomBytes(24 * 1024 * 1024, 7));
    Attachment odd = Attachment.of(randomBytes(3 * 1024 * 1024 + 1, 8));
    ledger.append(statement(1), Optional.of(big));
    ledger.append(statement(2), Optional.of(odd));
    ledger.append(statement(3), Optional.of(big));
    List<Entry> entries = readAll(3);
    assertThat(entries.get(0).attachment()).contains(big);
    assertThat(entries.get(1).attachment()).contains(odd);
    assertThat(entries.get(2).attachment()).contains(big);
  }

  @Test
  void carriesTheSmallestAndTheLargestStatement() throws Exception {
    SignedStatement smallest = SignedStatement.of(Bytes.copyOf(new byte[] {1}));
    SignedStatement largest = SignedStatement.of(randomBytes(SignedStatement.MAX_LENGTH, 3));
    Attachment tiny = Attachment.of(Bytes.copyOf(new byte[] {0}));
    ledger.append(smallest, Optional.of(tiny));
    ledger.append(largest, Optional.empty());
    List<Entry> entries = readAll(2);
    assertThat(entries.get(0).statement()).isEqualTo(smallest);
    assertThat(entries.get(0).attachment()).contains(tiny);
    assertThat(entries.get(1).statement()).isEqualTo(largest);
  }

  @Test
  void wakesReadersThatWait() throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch started = new CountDownLatch(3);
      List<Future<List<Entry>>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        readers.add(
            executor.submit(() -> {
              started.countDown();
              return ledger.read(Position.FIRST, 1, LONG);
            }));
      }
      started.await();
      ledger.append(statement(1), Optional.empty());
      for (Future<List<Entry>> reader : readers) {
        assertThat(reader.get(60, TimeUnit.SECONDS)).hasSize(1);
      }
    }
  }

  @Test
  void endsWaitingReadersWhenItIsClosed() throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch started = new CountDownLatch(1);
      Future<List<Entry>> reader =
          executor.submit(() -> {
            started.countDown();
            return ledger.read(Position.FIRST, 1, LONG);
          });
      started.await();
      ledger.close();
      assertThatThrownBy(() -> reader.get(60, TimeUnit.SECONDS))
          .rootCause()
          .isInstanceOfSatisfying(
              LedgerException.class,
              e -> assertThat(e.kind()).isEqualTo(LedgerException.Kind.CLOSED));
    }
  }

  @Test
  void refusesEverythingOnceItIsClosed() {
    ledger.close();
    ledger.close();
    assertThatThrownBy(() -> ledger.append(statement(1), Optional.empty()))
        .isInstanceOf(LedgerException.class);
    assertThatThrownBy(() -> ledger.read(Position.FIRST, 1, Duration.ZERO))
        .isInstanceOf(LedgerException.class);
  }

  @Test
  void tellsTimesThatNeverRunBackwards() throws Exception {
    long start = clock.millis();
    ledger.append(statement(1), Optional.empty());
    clock.advance(Duration.ofMinutes(5));
    ledger.append(statement(2), Optional.empty());
    clock.advance(Duration.ofHours(-1));
    ledger.append(statement(3), Optional.empty());
    clock.advance(Duration.ofHours(2));
    ledger.append(statement(4), Optional.empty());
    List<Long> times = readAll(4).stream().map(Entry::time).map(LedgerTime::epochMillis).toList();
    assertThat(times)
        .containsExactly(start, start + 300_000, start + 300_000, start + 300_000 + 3_600_000);
  }

  @Test
  void deliversTheSameEntriesAgain() throws Exception {
    for (int i = 0; i < 5; i++) {
      ledger.append(statement(i), attachment(i));
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(readAll(5)).isEqualTo(readAll(5));
  }

  /** Reads the first {@code count} entries, waiting for them. */
  protected final List<Entry> readAll(int count) throws InterruptedException {
    List<Entry> entries = new ArrayList<>();
    while (entries.size() < count) {
      List<Entry> batch = ledger.read(new Position(entries.size()), count, LONG);
      assertThat(batch).as("entries after waiting").isNotEmpty();
      entries.addAll(batch);
    }
    return entries;
  }

  /** A statement of its own for each {@code number}. */
  protected static SignedStatement statement(int number) {
    return SignedStatement.of(
        Bytes.copyOf("statement %d".formatted(number).getBytes(StandardCharsets.UTF_8)));
  }

  /** An attachment for two of three numbers. */
  protected static Optional<Attachment> attachment(int number) {
    return number % 3 == 0
        ? Optional.empty()
        : Optional.of(Attachment.of(randomBytes(1 + 37 * number, number)));
  }

  /** Bytes that look random and are the same for the same seed. */
  protected static Bytes randomBytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return Bytes.takeOver(bytes);
  }

  /** Runs the tasks at once and returns their results in order. */
  protected static <T> List<T> runAll(List<Callable<T>> tasks) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = tasks.stream().map(executor::submit).toList();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get(100, TimeUnit.SECONDS));
      }
      return results;
    }
  }
}
