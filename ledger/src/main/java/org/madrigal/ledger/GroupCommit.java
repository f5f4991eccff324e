package org.madrigal.ledger;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.LedgerException.Kind;

/**
 * Makes blocks of what many threads append at the same time: while one block is being made durable
 * the statements for the next one gather. One thread of its own writes, so that an interrupt of a
 * caller never reaches a file.
 */
final class GroupCommit implements AutoCloseable {

  private static final long MAX_BYTES = 16L * 1024 * 1024;
  private static final long PATIENCE_SECONDS = 300;

  private final BlockStore store;
  private final SigningKey orderer;
  private final InstantSource clock;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private boolean closing;

  private static final class Waiting {
    final SignedStatement statement;
    final Optional<Attachment> attachment;
    boolean done;
    @Nullable Throwable failure;

    Waiting(SignedStatement statement, Optional<Attachment> attachment) {
      this.statement = statement;
      this.attachment = attachment;
    }

    long bytes() {
      return statement.bytes().length() + attachment.map(a -> a.ref().length()).orElse(0L);
    }
  }

  GroupCommit(BlockStore store, SigningKey orderer, InstantSource clock) {
    this.store = store;
    this.orderer = orderer;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("ledger-writer").start(this::work);
  }

  void append(SignedStatement statement, Optional<Attachment> attachment)
      throws InterruptedException {
    Waiting waiting = new Waiting(statement, attachment);
    lock.lockInterruptibly();
    try {
      if (closing) {
        throw new LedgerException(Kind.CLOSED, "This ledger was closed");
      }
      queue.add(waiting);
      changed.signalAll();
      long nanos = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!waiting.done) {
        if (nanos <= 0) {
          throw new LedgerException(
              Kind.UNREACHABLE,
              "The disk did not take the statement within %d seconds".formatted(PATIENCE_SECONDS));
        }
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      if (!waiting.done) {
        queue.remove(waiting);
      }
      lock.unlock();
    }
    rethrow(waiting.failure);
  }

  private static void rethrow(@Nullable Throwable failure) {
    switch (failure) {
      case null -> {}
      case LedgerException e ->
          throw new LedgerException(e.kind(), String.valueOf(e.getMessage()), e);
      default -> throw new IllegalStateException("The ledger's writer failed", failure);
    }
  }

  private void work() {
    while (true) {
      List<Waiting> batch = next();
      if (batch.isEmpty()) {
        return;
      }
      Throwable failure = null;
      try {
        commit(batch);
      } catch (DamagedException | RuntimeException | Error e) {
        failure = e;
      }
      finish(batch, failure);
    }
  }

  /** Waits for statements; none when closing. */
  private List<Waiting> next() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closing) {
        changed.awaitUninterruptibly();
      }
      List<Waiting> batch = new ArrayList<>();
      long bytes = 0;
      while (!queue.isEmpty() && batch.size() < BlockHeader.MAX_ENTRIES) {
        bytes += queue.getFirst().bytes();
        if (bytes > MAX_BYTES && !batch.isEmpty()) {
          break;
        }
        batch.add(queue.removeFirst());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void commit(List<Waiting> batch) throws DamagedException {
    Map<Digest, Waiting> fresh = new LinkedHashMap<>();
    for (Waiting waiting : batch) {
      if (!store.knows(waiting.statement.digest())) {
        fresh.putIfAbsent(waiting.statement.digest(), waiting);
      }
    }
    if (fresh.isEmpty()) {
      return;
    }
    List<EntryRow> rows = new ArrayList<>(fresh.size());
    List<ByteBuffer> data = new ArrayList<>(2 * fresh.size());
    for (Waiting waiting : fresh.values()) {
      rows.add(EntryRow.of(waiting.statement, waiting.attachment));
      data.add(waiting.statement.bytes().asReadOnlyBuffer());
      waiting.attachment.ifPresent(a -> data.add(a.content().asReadOnlyBuffer()));
    }
    Chain chain = store.chain();
    LedgerTime now = new LedgerTime(Math.max(chain.time().epochMillis(), clock.millis()));
    store.write(chain.seal(store.genesis(), now, rows, orderer), data);
    store.publish();
  }

  private void finish(List<Waiting> batch, @Nullable Throwable failure) {
    lock.lock();
    try {
      for (Waiting waiting : batch) {
        waiting.done = true;
        waiting.failure = failure;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Writes what waits and ends the thread. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
