package org.madrigal.node.disk;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A file that this process has locked. The lock ends with the process at the latest. */
final class FileLock implements Closeable {

  /**
   * The files that this process has locked. A POSIX lock belongs to a process, and is gone when the
   * process closes any of its streams to the file: so one that it has is not opened again.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final RandomAccessFile open;
  private boolean closed;

  private FileLock(Path file, RandomAccessFile open) {
    this.file = file;
    this.open = open;
  }

  /** Locks {@code file}, whose folder exists, unless somebody has it. */
  static Optional<FileLock> take(Path file) throws IOException {
    Path held = Durable.folderOf(file).toRealPath().resolve(file.getFileName());
    if (!HELD.add(held)) {
      return Optional.empty();
    }
    Optional<FileLock> lock = Optional.empty();
    try {
      RandomAccessFile open = new RandomAccessFile(held.toFile(), "rw");
      try {
        if (open.getChannel().tryLock() != null) {
          lock = Optional.of(new FileLock(held, open));
        }
      } finally {
        if (lock.isEmpty()) {
          open.close();
        }
      }
      return lock;
    } finally {
      if (lock.isEmpty()) {
        HELD.remove(held);
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        open.close();
      } finally {
        HELD.remove(file);
      }
    }
  }
}
