package org.madrigal.ledger.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.madrigal.core.protocol.MemberId;

/**
 * The memory for bodies that are on their way in. One member has a quarter of it, or one body of
 * the greatest length where that is more, so that nobody keeps the others out with slow bodies.
 */
final class BodyMemory {

  private static final long LEAST = 64L * 1024 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final Map<MemberId, Long> shares = new HashMap<>();
  private final long mostOfOne;
  private long free;

  BodyMemory(long maxBody) {
    free = Math.max(2 * maxBody, LEAST);
    mostOfOne = Math.max(maxBody, free / 4);
  }

  /** Takes {@code bytes} for {@code member}, waiting for others to release theirs. */
  void take(MemberId member, long bytes, Duration patience) throws Problem, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (shares.getOrDefault(member, 0L) + bytes > mostOfOne) {
        throw new Problem(429, "'%s' is sending as much as one member may".formatted(member));
      }
      shares.merge(member, bytes, Long::sum);
      boolean taken = false;
      try {
        taken = awaitFree(bytes, patience);
      } finally {
        if (!taken) {
          giveBack(member, bytes);
        }
      }
      if (!taken) {
        throw new Problem(503, "Too many large statements arrive at the same time; try again");
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitFree(long bytes, Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    while (free < bytes) {
      if (nanos <= 0) {
        return false;
      }
      nanos = released.awaitNanos(nanos);
    }
    free -= bytes;
    return true;
  }

  /** Releases what {@link #take} took. */
  void release(MemberId member, long bytes) {
    lock.lock();
    try {
      giveBack(member, bytes);
      free += bytes;
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(MemberId member, long bytes) {
    shares.computeIfPresent(member, (id, share) -> share == bytes ? null : share - bytes);
  }
}
