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

/**
 * Reads a folder into a chronicle, and again whenever it has grown, until it is stopped. A block at
 * the end that is not whole may be one that is being written, or the rest of the ledger behind a
 * changed length: where the folder stands still, it is the latter.
 */
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
        long rest = REST * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        if (finding.isEmpty()) {
          chronicle.reachedEnd();
          finding = torn(size, Math.max(rest, LOOK_MILLIS));
        }
        sound = finding.isEmpty();
        finding.ifPresent(wrong -> chronicle.broken(wrong.position(), wrong.reason()));
        if (sound) {
          awaitGrowth(size, rest);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      chronicle.broken(
          chronicle.now().state().history().head().position(),
          "the folder can no longer be read: " + e.getMessage());
    }
  }

  /** What is wrong with the end of a folder that stands still. */
  private Optional<Finding> torn(long size, long restMillis) throws InterruptedException {
    if (closed.await(restMillis, TimeUnit.MILLISECONDS) || size() != size) {
      return Optional.empty();
    }
    Optional<Finding> finding = audit.readAtRest();
    return size() == size ? finding : Optional.empty();
  }

  /** A pass reads everything: long ledgers are looked at less often. */
  private void awaitGrowth(long size, long restMillis) throws InterruptedException {
    boolean over = closed.await(restMillis, TimeUnit.MILLISECONDS);
    while (!over) {
      over = closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) || size() != size;
    }
  }

  private long size() {
    try (Stream<Path> files = Files.walk(folder)) {
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
