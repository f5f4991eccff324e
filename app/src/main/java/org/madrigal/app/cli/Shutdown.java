package org.madrigal.app.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a long-running command in good order when the process is asked to end by Ctrl-C or a request
 * to terminate: the command is told, and the process waits for it. The exit code is then that of
 * the signal, 130 or 143.
 */
public final class Shutdown {

  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch ended = new CountDownLatch(1);

  private Shutdown() {}

  /**
   * Runs {@code command} and arranges for {@code stop} to be called at a signal meanwhile.
   *
   * @param stop tells the command to end; it may be called after it has ended, too
   * @param command gives the exit code
   */
  public static int around(Runnable stop, Callable<Integer> command) throws Exception {
    Shutdown shutdown = new Shutdown();
    Thread hook =
        new Thread(
            () -> {
              stop.run();
              shutdown.await();
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return command.call();
    } finally {
      shutdown.ended.countDown();
    }
  }

  private void await() {
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println(
            "madrigal: Ended before everything was put away; nothing signed is lost.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
