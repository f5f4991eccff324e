package org.madrigal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.LedgerException.Kind;

/** What a ledger does when its disk is full or fails. */
final class FileLedgerDiskTest {

  private final Path folder;
  private final FaultyDisk disk = new FaultyDisk();
  private FileLedger ledger;

  FileLedgerDiskTest(@TempDir Path folder) {
    this.folder = folder;
    this.ledger = open();
  }

  private FileLedger open() {
    return FileLedger.open(
        folder, Fixtures.FEDERATION, Fixtures.ORDERER, TestClock.of2026(), 1000, disk);
  }

  @AfterEach
  void closeLedger() {
    ledger.close();
  }

  private void append(int number) throws InterruptedException {
    ledger.append(LedgerContract.statement(number), LedgerContract.attachment(number));
  }

  private void assertRefused(int number, Kind kind) {
    assertThatThrownBy(() -> append(number))
        .isInstanceOfSatisfying(LedgerException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private void assertHolds(int... numbers) throws InterruptedException {
    List<Entry> entries = new ArrayList<>();
    while (entries.size() < numbers.length) {
      List<Entry> some = ledger.read(new Position(entries.size()), numbers.length, Duration.ZERO);
      assertThat(some).isNotEmpty();
      entries.addAll(some);
    }
    for (int i = 0; i < numbers.length; i++) {
      assertThat(entries.get(i).statement()).isEqualTo(LedgerContract.statement(numbers[i]));
      assertThat(entries.get(i).attachment()).isEqualTo(LedgerContract.attachment(numbers[i]));
    }
    assertThat(ledger.read(new Position(numbers.length), 1, Duration.ZERO)).isEmpty();
  }

  private void assertSound() {
    assertThat(SmallLedger.verify(folder)).isInstanceOf(LedgerVerdict.Sound.class);
  }

  @Test
  void leavesNothingOfASegmentThatCouldNotBeBegun() throws Exception {
    append(1);
    disk.forceIsFull = true;
    assertThatThrownBy(() ->
            ledger.append(
                LedgerContract.statement(2),
                Optional.of(Attachment.of(LedgerContract.randomBytes(900, 2)))))
        .isInstanceOfSatisfying(
            LedgerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FULL));
    disk.forceIsFull = false;
    append(3);
    assertHolds(1, 3);
    ledger.close();
    assertSound();
  }

  @Test
  void forgetsAStatementWhoseAuthorDoesNotWaitAnyMore() throws Exception {
    append(1);
    disk.forcing = new CountDownLatch(1);
    disk.release = new CountDownLatch(1);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> patient =
          executor.submit(() -> {
            append(2);
            return true;
          });
      disk.forcing.await();
      Thread impatient =
          Thread.ofPlatform()
              .start(() ->
                  assertThatThrownBy(() -> append(3)).isInstanceOf(InterruptedException.class));
      while (impatient.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      impatient.interrupt();
      impatient.join();
      disk.release.countDown();
      patient.get(60, TimeUnit.SECONDS);
    }
    append(4);
    assertHolds(1, 2, 4);
  }

  @Test
  void losesNothingOnAFullDiskAndGoesOnWhenThereIsSpace() throws Exception {
    append(1);
    for (int space = 0; space < 340; space += 17) {
      disk.space.set(space);
      assertRefused(2, Kind.FULL);
      assertHolds(1);
    }
    disk.space.set(Long.MAX_VALUE);
    append(2);
    append(3);
    assertHolds(1, 2, 3);
    assertSound();
  }

  @Test
  void survivesAFullDiskWhereASegmentBegins() throws Exception {
    append(1);
    append(20);
    disk.space.set(100);
    assertRefused(23, Kind.FULL);
    assertHolds(1, 20);
    assertSound();
    disk.space.set(Long.MAX_VALUE);
    append(23);
    append(1);
    assertHolds(1, 20, 23);
    assertSound();
    ledger.close();
    ledger = open();
    assertHolds(1, 20, 23);
  }

  @Test
  void saysHowManyBytesAreMissing() {
    disk.space.set(10);
    assertThatThrownBy(() -> append(2))
        .hasMessageContaining("is full")
        .hasMessageContaining("make space and try again");
  }

  @Test
  void writesOnWhereAWriteWasShort() throws Exception {
    disk.longestWrite = 7;
    append(1);
    append(2);
    assertHolds(1, 2);
    assertSound();
  }

  @Test
  void acknowledgesNothingAfterAFailedFsync() throws Exception {
    append(1);
    disk.forceFails = true;
    assertRefused(2, Kind.BROKEN);
    disk.forceFails = false;
    assertRefused(3, Kind.BROKEN);
    assertHolds(1);
    ledger.close();
    long before = disk.written.get();
    ledger = open();
    assertThat(disk.written.get() - before).as("bytes of the last block").isGreaterThan(300);
    append(2);
    append(3);
    assertHolds(1, 2, 3);
    assertSound();
  }

  @Test
  void acknowledgesNothingAfterAFailedWrite() throws Exception {
    append(1);
    disk.writeFails = true;
    assertRefused(2, Kind.BROKEN);
    disk.writeFails = false;
    assertRefused(2, Kind.BROKEN);
    assertHolds(1);
    assertSound();
  }

  @Test
  void acknowledgesNothingWhenAHalfWrittenBlockCannotBeTakenBack() throws Exception {
    append(1);
    disk.space.set(50);
    disk.truncateFails = true;
    assertRefused(2, Kind.BROKEN);
    disk.space.set(Long.MAX_VALUE);
    disk.truncateFails = false;
    assertRefused(2, Kind.BROKEN);
    ledger.close();
    ledger = open();
    assertThat(ledger.repaired()).hasValueSatisfying(t -> assertThat(t.bytes()).isEqualTo(50));
    append(2);
    assertHolds(1, 2);
    assertSound();
  }

  @Test
  void sharesAnFsyncAmongThoseWhoAppendAtTheSameTime() throws Exception {
    int before = disk.forced.get();
    int writers = 64;
    List<Callable<Optional<Entry>>> tasks = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      int number = 3 * i;
      tasks.add(() -> {
        append(number);
        return Optional.empty();
      });
    }
    LedgerContract.runAll(tasks);
    assertThat(disk.forced.get() - before).isLessThan(2 * writers);
    assertThat(ledger.head().orElseThrow().head().position()).isEqualTo(new Position(writers));
    assertThat(ledger.blockCount()).isLessThanOrEqualTo(writers);
    assertSound();
  }
}
