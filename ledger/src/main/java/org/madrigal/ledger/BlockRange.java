package org.madrigal.ledger;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** Some whole blocks, one after the other, as their bytes lie in a segment file. */
public final class BlockRange {

  private static final int PIECE = 64 * 1024;

  private final Path file;
  private final long offset;
  private final long length;

  BlockRange(Path file, long offset, long length) {
    this.file = file;
    this.offset = offset;
    this.length = length;
  }

  /** The number of bytes, 1 or more. */
  public long length() {
    return length;
  }

  /** Copies the bytes to {@code out}, a piece of 64 KiB at a time. */
  public void writeTo(OutputStream out) throws IOException {
    byte[] piece = new byte[PIECE];
    try (InputStream in = LedgerFolder.read(file, offset)) {
      for (long left = length; left > 0; ) {
        int read = in.read(piece, 0, (int) Math.min(PIECE, left));
        if (read < 0) {
          throw new EOFException("'%s' has become shorter".formatted(file));
        }
        out.write(piece, 0, read);
        left -= read;
      }
    }
  }
}
