package org.madrigal.ledger;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes blocks at the end of one segment file, each with one write where it is small. */
final class SegmentWriter implements AutoCloseable {

  private static final int STAGE = 1024 * 1024;
  private static final int PIECE = 64 * 1024;
  private static final int PATIENCE = 100;

  private final Disk.Target target;
  private final ByteBuffer stage = ByteBuffer.allocateDirect(STAGE);
  private long length;

  private SegmentWriter(Disk.Target target, long length) {
    this.target = target;
    this.length = length;
  }

  /** Goes on with a file that has {@code length} good bytes; cuts the rest off. */
  static SegmentWriter open(Disk disk, Path file, long length) throws IOException {
    SegmentWriter writer = new SegmentWriter(disk.open(file), length);
    try {
      if (Files.size(file) != length) {
        writer.target.truncate(length);
      }
      writer.force();
    } catch (IOException e) {
      writer.close();
      throw e;
    }
    return writer;
  }

  /** The bytes of the file. */
  long length() {
    return length;
  }

  /** Writes {@code parts} one after the other at the end; not durable before {@link #force}. */
  void append(List<ByteBuffer> parts) throws IOException {
    stage.clear();
    for (ByteBuffer part : parts) {
      while (part.hasRemaining()) {
        int count = Math.min(part.remaining(), stage.remaining());
        stage.put(part.duplicate().limit(part.position() + count));
        part.position(part.position() + count);
        if (!stage.hasRemaining()) {
          flush();
        }
      }
    }
    flush();
  }

  private void flush() throws IOException {
    stage.flip();
    int fruitless = 0;
    while (stage.hasRemaining()) {
      int written = target.write(stage, length);
      length += written;
      fruitless = written > 0 ? 0 : fruitless + 1;
      if (fruitless == PATIENCE) {
        throw new IOException("the disk takes no bytes");
      }
    }
    stage.clear();
  }

  /**
   * Writes the bytes from {@code offset} on once more, as they are. After a failed fsync the
   * operating system may hold them in memory as if they were on the disk; writing them again makes
   * the next {@link #force} mean what it says.
   */
  void rewrite(Path file, long offset) throws IOException {
    byte[] piece = new byte[PIECE];
    long end = length;
    length = offset;
    try (InputStream in = LedgerFolder.read(file, offset)) {
      while (length < end) {
        int read = in.readNBytes(piece, 0, (int) Math.min(PIECE, end - length));
        if (read == 0) {
          throw new EOFException("'%s' has become shorter".formatted(file));
        }
        append(List.of(ByteBuffer.wrap(piece, 0, read)));
      }
    }
    force();
  }

  void force() throws IOException {
    target.force();
  }

  /** Cuts off everything from {@code newLength} on. */
  void truncate(long newLength) throws IOException {
    target.truncate(newLength);
    length = newLength;
  }

  @Override
  public void close() throws IOException {
    target.close();
  }
}
