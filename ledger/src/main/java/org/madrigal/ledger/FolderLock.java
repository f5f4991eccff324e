package org.madrigal.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a second writer out of a folder, by a lock on an empty file in it. */
public final class FolderLock implements AutoCloseable {

  static final String FILE = "lock";

  /**
   * The folders that this process has locked. A POSIX lock belongs to a process, and is gone when
   * the process closes any of its channels to the file: so one that it has is not opened again.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock of {@code folder}, which must exist.
   *
   * @throws LedgerException {@code LOCKED} if another process, or another part of this one, has it
   */
  public static FolderLock acquire(Path folder) throws IOException {
    Path held = folder.toRealPath();
    if (!HELD.add(held)) {
      throw locked(folder);
    }
    try {
      FileChannel channel =
          FileChannel.open(held.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isTaken(channel)) {
        channel.close();
        throw locked(folder);
      }
      return new FolderLock(held, channel);
    } catch (IOException | RuntimeException e) {
      HELD.remove(held);
      throw e;
    }
  }

  /** Takes the lock, which lasts until the channel is closed, unless another process has it. */
  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() == null;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static LedgerException locked(Path folder) {
    return new LedgerException(
        LedgerException.Kind.LOCKED,
        "The ledger in '%s' is in use by another process; stop that one first".formatted(folder));
  }

  /** Gives the lock back. Idempotent. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try {
        channel.close();
      } finally {
        HELD.remove(folder);
      }
    }
  }
}
