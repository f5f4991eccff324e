package org.madrigal.app.web;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes those who wait for news. {@link #beat} takes no lock and waits for nobody, so that the
 * thread that replays may call it: it only wakes one thread, which wakes the others.
 */
public final class Pulse implements AutoCloseable {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Thread thread;
  private volatile long beats;
  private volatile boolean closed;

  /** A pulse that nobody has felt yet. */
  public Pulse() {
    thread = Thread.ofVirtual().name("dashboard-pulse").start(this::pass);
  }

  /** There is news. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  public void beat() {
    beats = beats + 1; // one thread writes; a beat that is lost between two has no news of its own
    LockSupport.unpark(thread);
  }

  private void pass() {
    long passed = 0;
    while (!closed) {
      if (passed == beats) {
        LockSupport.park(this);
        continue;
      }
      passed = beats;
      wakeAll();
    }
    wakeAll();
  }

  private void wakeAll() {
    lock.lock();
    try {
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many beats there were. */
  long beats() {
    return beats;
  }

  /** Waits for a beat after {@code known}, but no longer than {@code most}. */
  void await(long known, Duration most) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      while (beats == known && left > 0 && !closed) {
        left = news.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
