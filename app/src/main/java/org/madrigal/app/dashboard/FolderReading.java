package org.madrigal.app.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.madrigal.app.audit.AuditReport.Finding;
import org.madrigal.app.audit.GrowingAudit;
import org.madrigal.app.chronicle.Chronicle;

/** Reads a folder into a chronicle, and again whenever it has grown, until it is stopped. */
final class FolderReading {

  private static final long LOOK_MILLIS = 1_000;

  /** How many times as long as it took to read, nothing is read. */
  private static final long REST = 4;

  private final Path folder;
  private final GrowingAudit audit;
  private final Chronicle chronicle;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /** Begins at once, on a thread of its own. */
  FolderReading(Path folder, GrowingAudit audit, Chronicle chronicle) {
    this.folder = folder;
    this.audit = audit;
    this.chronicle = chronicle;
    this.thread = Thread.ofPlatform().daemon().name("ledger-reading").start(this::run);
  }

  private void run() {
    try {
      boolean sound = true;
      while (sound && closed.getCount() > 0) {
        long size = size();
        long begun = System.nanoTime();
        Optional<Finding> finding = audit.read();
        sound = finding.isEmpty();
        finding.ifPresentOrElse(
            wrong -> chronicle.broken(wrong.position(), wrong.reason()), chronicle::reachedEnd);
        awaitGrowth(size, REST * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      chronicle.broken(
          chronicle.now().state().history().head().position(),
          "the folder can no longer be read: " + e.getMessage());
    }
  }

  /** A pass reads everything: long ledgers are looked at less often. */
  private void awaitGrowth(long size, long restMillis) throws InterruptedException {
    boolean over = closed.await(restMillis, TimeUnit.MILLISECONDS);
    while (!over) {
      over = closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) || size() != size;
    }
  }

  private long size() {
    try (Stream<Path> files = Files.list(folder)) {
      long total = 0;
      for (Path file : files.toList()) {
        total += Files.isRegularFile(file) ? Files.size(file) : 0;
      }
      return total;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the reading. */
  void stop() throws InterruptedException {
    closed.countDown();
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(10));
  }
}
