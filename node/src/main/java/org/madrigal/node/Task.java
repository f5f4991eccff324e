package org.madrigal.node;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Work on an executor's thread that its owner can interrupt and wait for. */
final class Task implements Runnable {

  /** The work. It posts its result itself. */
  @FunctionalInterface
  interface Body {
    void run() throws InterruptedException;
  }

  private final Body body;
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable Thread runner;
  private boolean cancelled;

  Task(Body body) {
    this.body = body;
  }

  @Override
  public void run() {
    if (!begin()) {
      return;
    }
    try {
      body.run();
    } catch (InterruptedException e) {
      // The owner wants no result, or the body has told it. The thread itself goes on to other
      // work.
    } finally {
      end();
    }
  }

  private synchronized boolean begin() {
    if (cancelled) {
      return false;
    }
    runner = Thread.currentThread();
    return true;
  }

  /** After this nobody interrupts the thread; if {@link #cancel} did, it goes on to other work. */
  private synchronized void end() {
    runner = null;
    if (cancelled) {
      Thread.interrupted();
    }
    ended.countDown();
  }

  /** Interrupts the work, or keeps it from starting. */
  synchronized void cancel() {
    cancelled = true;
    if (runner != null) {
      runner.interrupt();
    } else {
      ended.countDown();
    }
  }

  /** Waits until the work has ended, for at most {@code most}; says whether it has. */
  boolean await(Duration most) throws InterruptedException {
    return ended.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }
}
