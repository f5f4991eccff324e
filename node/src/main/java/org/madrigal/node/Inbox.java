package org.madrigal.node;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What other threads hand to the owner thread, which runs it in the order in which it came. */
final class Inbox {

  private final LinkedBlockingQueue<Runnable> messages = new LinkedBlockingQueue<>();
  private @Nullable Runnable first;

  /** Hands {@code message} over. Any thread. */
  void post(Runnable message) {
    messages.add(message);
  }

  /** Runs everything that has come. Owner thread. */
  void drain() {
    @Nullable Runnable message = first == null ? messages.poll() : first;
    first = null;
    while (message != null) {
      message.run();
      message = messages.poll();
    }
  }

  /** Waits until something has come, for at most {@code most}. Owner thread. */
  void await(Duration most) throws InterruptedException {
    if (first == null) {
      first = messages.poll(most.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
