package org.madrigal.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second writer out of a folder, by a lock on an empty file in it. */
final class FolderLock implements AutoCloseable {

  static final String FILE = "lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static FolderLock acquire(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        return new FolderLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new LedgerException(LedgerException.Kind.LOCKED, locked(folder), e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new LedgerException(LedgerException.Kind.LOCKED, locked(folder));
  }

  private static String locked(Path folder) {
    return "The ledger in '%s' is in use by another process; stop that one first".formatted(folder);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
