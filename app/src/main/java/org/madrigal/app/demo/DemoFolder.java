package org.madrigal.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.madrigal.app.cli.EmptyFolder;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;

/**
 * The folder that a demo plays in, and what must be put away at its end, also after Ctrl-C: first
 * the last thing that was opened, at the very end the folder, unless it is to be kept.
 */
final class DemoFolder implements AutoCloseable {

  /**
   * Ten times what fifteen rounds take: nodes wait on a full disk, and nobody wants to watch that.
   */
  private static final long ROOM = 16L << 20;

  private static final int ATTEMPTS = 100;
  private static final long PAUSE_NANOS = 100_000_000;
  private static final long END_NANOS = 10_000_000_000L;

  private final Path path;
  private final boolean kept;
  private final List<Runnable> endings = new ArrayList<>();
  private final Thread hook = new Thread(this::putAway, "demo-end");
  private boolean away;

  private DemoFolder(Path path, boolean kept) {
    this.path = path;
    this.kept = kept;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** A folder that people keep, which must be empty; or one that vanishes. */
  static DemoFolder open(Optional<Path> keep) throws IOException {
    Path path =
        keep.isPresent()
            ? EmptyFolder.at(keep.get()).toRealPath()
            : Files.createTempDirectory("madrigal-demo-");
    DemoFolder folder = new DemoFolder(path, keep.isPresent());
    long room = Files.getFileStore(path).getUsableSpace();
    if (room < ROOM) {
      folder.close();
      throw new Failure(
          ExitCode.STORAGE,
          "The demo needs %d MiB, and the disk of %s has %d MiB left; make room, or name a folder on another disk with --keep."
              .formatted(ROOM >> 20, path, room >> 20));
    }
    return folder;
  }

  /** The folder. */
  Path path() {
    return path;
  }

  /** A folder beside it that vanishes in any case; it does not exist yet. */
  Path scratch(String name) throws IOException {
    Path other = Files.createTempDirectory("madrigal-demo-");
    atEnd(() -> deleteAll(other));
    return other.resolve(name);
  }

  /** Has {@code ending} run at the end, before what was given earlier. */
  synchronized void atEnd(Runnable ending) {
    endings.addFirst(ending);
  }

  @Override
  public void close() {
    putAway();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Ctrl-C: the process ends in a moment, and what broke off meanwhile is not worth a word.
      LockSupport.parkNanos(END_NANOS);
    }
  }

  private synchronized void putAway() {
    if (away) {
      return;
    }
    away = true;
    endings.forEach(Runnable::run);
    if (!kept) {
      deleteAll(path);
    }
  }

  /** After Ctrl-C the copies of the ledger may still grow for a moment while this deletes. */
  private static void deleteAll(Path folder) {
    for (int attempt = 0; Files.exists(folder) && attempt < ATTEMPTS; attempt++) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(each);
        }
      } catch (IOException | UncheckedIOException e) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    if (Files.exists(folder)) {
      System.err.println("madrigal: Some files of the demo are left in " + folder + ".");
    }
  }
}
