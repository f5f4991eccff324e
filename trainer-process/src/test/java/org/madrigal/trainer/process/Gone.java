package org.madrigal.trainer.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits for what other processes do. */
final class Gone {

  private static final int SECONDS = 60;

  private Gone() {}

  /** Until there is no process {@code pid}. */
  static void await(long pid) throws Exception {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      process.get().onExit().get(SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Until there is a {@code file}. */
  static void awaitFile(Path file) throws Exception {
    try (WatchService watch = file.getFileSystem().newWatchService()) {
      Path folder = file.resolveSibling(".");
      folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      for (int i = 0; i < SECONDS && Files.notExists(file); i++) {
        watch.poll(1, TimeUnit.SECONDS);
      }
    }
    assertThat(file).exists();
  }
}
