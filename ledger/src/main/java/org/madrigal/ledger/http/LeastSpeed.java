package org.madrigal.ledger.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Ends the answer to a reader that takes it too slowly. */
final class LeastSpeed extends OutputStream {

  private final OutputStream out;
  private final long deadline;

  LeastSpeed(OutputStream out, Duration patience) {
    this.out = out;
    this.deadline = System.nanoTime() + patience.toNanos();
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (System.nanoTime() - deadline > 0) {
      throw new IOException("the reader is too slow");
    }
    out.write(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
