package org.madrigal.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A real disk that fails when a test wants it to. */
final class FaultyDisk implements Disk {

  private final Disk real = Disk.real();

  /** How many more bytes there is space for. */
  final AtomicLong space = new AtomicLong(Long.MAX_VALUE);

  /** The most bytes that one write takes. */
  volatile int longestWrite = Integer.MAX_VALUE;

  volatile boolean forceFails;
  volatile boolean forceIsFull;
  volatile boolean truncateFails;
  volatile boolean writeFails;

  /** Ends when something is about to be made durable. */
  volatile CountDownLatch forcing = new CountDownLatch(0);

  /** What making durable waits for. */
  volatile CountDownLatch release = new CountDownLatch(0);

  /** How many bytes were written. */
  final AtomicLong written = new AtomicLong();

  /** How often something was made durable. */
  final AtomicInteger forced = new AtomicInteger();

  @Override
  public Target open(Path file) throws IOException {
    return new FaultyTarget(real.open(file));
  }

  @Override
  public void forceNames(Path folder) throws IOException {
    real.forceNames(folder);
  }

  private void awaitRelease() throws IOException {
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private final class FaultyTarget implements Target {
    private final Target target;

    FaultyTarget(Target target) {
      this.target = target;
    }

    @Override
    public int write(ByteBuffer source, long offset) throws IOException {
      if (writeFails) {
        throw new IOException("Input/output error");
      }
      if (space.get() <= 0) {
        throw new IOException("No space left on device");
      }
      int count = (int) Math.min(Math.min(source.remaining(), longestWrite), space.get());
      ByteBuffer some = source.duplicate().limit(source.position() + count);
      int written = target.write(some, offset);
      source.position(source.position() + written);
      space.addAndGet(-written);
      FaultyDisk.this.written.addAndGet(written);
      return written;
    }

    @Override
    public void force() throws IOException {
      if (forceFails) {
        throw new IOException("Input/output error");
      }
      if (forceIsFull) {
        throw new IOException("No space left on device");
      }
      forcing.countDown();
      awaitRelease();
      forced.incrementAndGet();
      target.force();
    }

    @Override
    public void truncate(long length) throws IOException {
      if (truncateFails) {
        throw new IOException("Input/output error");
      }
      target.truncate(length);
    }

    @Override
    public void close() throws IOException {
      target.close();
    }
  }
}
