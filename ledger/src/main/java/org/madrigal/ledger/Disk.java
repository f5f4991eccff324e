package org.madrigal.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The part of a file system that a ledger writes with, so that tests can make it fail. */
interface Disk {

  /** Opens a file for writing, and makes it if it is not there. */
  Target open(Path file) throws IOException;

  /** Makes the names in {@code folder} durable. */
  void forceNames(Path folder) throws IOException;

  /** A file that is written. */
  interface Target extends AutoCloseable {

    /** Writes some of {@code source} at {@code offset}; says how many bytes. */
    int write(ByteBuffer source, long offset) throws IOException;

    /** Makes everything written durable. */
    void force() throws IOException;

    /** Cuts the file off. */
    void truncate(long length) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** The disks of this machine. */
  static Disk real() {
    return new Disk() {
      @Override
      public Target open(Path file) throws IOException {
        return new Channel(
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
      }

      @Override
      public void forceNames(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    };
  }

  /** A file of this machine. */
  record Channel(FileChannel channel) implements Target {

    @Override
    public int write(ByteBuffer source, long offset) throws IOException {
      return channel.write(source, offset);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long length) throws IOException {
      channel.truncate(length);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
