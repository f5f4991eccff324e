package org.madrigal.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.madrigal.ledger.LedgerException.Kind;

/**
 * How it stands with a member's copy of a ledger elsewhere, between the thread that follows the
 * ledger and those that use the copy.
 */
public final class Following {

  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch atEnd = new CountDownLatch(1);
  private volatile @Nullable String trouble;
  private volatile @Nullable LedgerException failure;

  /** The ledger is about to be followed. */
  public Following() {}

  /** Whether the copy was not closed yet. */
  public boolean isOpen() {
    return closed.getCount() > 0;
  }

  /** The copy is closed: the follower is to end. */
  public void close() {
    closed.countDown();
  }

  /** Waits for {@code most}, or until it is closed; says whether it is. */
  public boolean awaitClose(Duration most) throws InterruptedException {
    return closed.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The copy was as long as the ledger once, or never will be. */
  public void reachedEnd() {
    atEnd.countDown();
  }

  /** Whether the copy was as long as the ledger once, or never will be. */
  public boolean hasReachedEnd() {
    return atEnd.getCount() == 0;
  }

  /** Waits for the end for at most {@code wait}; says whether it is reached. */
  public boolean awaitEnd(Duration wait) throws InterruptedException {
    return atEnd.await(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The ledger cannot be followed at present; says whether it could before. */
  public boolean isTroubledBy(String problem) {
    boolean news = trouble == null;
    trouble = problem;
    return news;
  }

  /** The ledger can be followed. */
  public void recovered() {
    trouble = null;
  }

  /** The ledger will not be followed any more. */
  public void fail(LedgerException reason) {
    failure = reason;
  }

  /** Why the ledger cannot be followed, at present or ever; nothing if it can. */
  public Optional<String> trouble() {
    return Optional.ofNullable(failure)
        .map(e -> String.valueOf(e.getMessage()))
        .or(() -> Optional.ofNullable(trouble));
  }

  /**
   * Refuses a copy that is of no more use.
   *
   * @throws LedgerException {@code CLOSED}, or why the ledger will not be followed any more
   */
  public void check() {
    if (!isOpen()) {
      throw new LedgerException(Kind.CLOSED, "This ledger was closed");
    }
    LedgerException reason = failure;
    if (reason != null) {
      throw reason;
    }
  }
}
