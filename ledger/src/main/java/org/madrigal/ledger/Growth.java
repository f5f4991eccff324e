package org.madrigal.ledger;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A number that only grows, and those who wait for it to grow. */
public final class Growth {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long size;
  private boolean closed;
  private @Nullable LedgerException failure;

  /** Nothing yet. */
  public Growth() {}

  /** Wakes everybody who waits for {@code newSize} or less. */
  public void grownTo(long newSize) {
    lock.lock();
    try {
      size = Math.max(size, newSize);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the number is {@code wanted} or more, or {@code wait} is over; says the number. */
  public long await(long wanted, Duration wait) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = wait.toNanos();
      while (true) {
        checkOpen();
        if (size >= wanted) {
          return size;
        }
        if (failure != null) {
          throw failure;
        }
        if (nanos <= 0) {
          return size;
        }
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the waiting for more by {@code reason}: the number will not grow any more. */
  public void fail(LedgerException reason) {
    lock.lock();
    try {
      failure = reason;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses with {@code CLOSED} once it is closed. */
  void checkOpen() {
    lock.lock();
    try {
      if (closed) {
        throw new LedgerException(LedgerException.Kind.CLOSED, "This ledger was closed");
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waiting with {@code CLOSED}. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
