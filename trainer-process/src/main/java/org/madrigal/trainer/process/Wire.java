package org.madrigal.trainer.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The socket to a program. Every wait ends: at the deadline, when the thread is interrupted, or
 * soon after the program has ended, even where a child of it keeps the socket open. For one thread
 * at a time.
 */
final class Wire implements Feed, Drain, AutoCloseable {

  /** How often it is looked whether the program is still there. */
  private static final long GLANCE = 200;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Supplier<Optional<String>> ended;
  private Deadline deadline = Deadline.in(Duration.ofMinutes(1), "greeting");

  /** What there is until when. */
  record Deadline(long nanos, Duration whole, String what) {

    static Deadline in(Duration time, String what) {
      return new Deadline(System.nanoTime() + time.toNanos(), time, what);
    }

    /** The milliseconds that are left. */
    long left() {
      long left = Math.ceilDiv(nanos - System.nanoTime(), 1_000_000);
      if (left <= 0) {
        throw new Misspoken(
            "there was no end of its %s within %s; it hangs, or needs a longer limit"
                .formatted(what, whole.toString().substring(2).toLowerCase(Locale.ROOT)));
      }
      return left;
    }
  }

  /**
   * Takes {@code channel} over.
   *
   * @param ended how the program ended, once it has
   */
  Wire(SocketChannel channel, Supplier<Optional<String>> ended) throws IOException {
    this.channel = channel;
    this.ended = ended;
    channel.configureBlocking(false);
    this.selector = Selector.open();
    this.key = channel.register(selector, SelectionKey.OP_READ);
  }

  /** From now on everything must be over by {@code until}. */
  void until(Deadline until) {
    this.deadline = until;
  }

  @Override
  public void fill(ByteBuffer buffer) throws InterruptedException {
    try {
      while (buffer.hasRemaining()) {
        int count = channel.read(buffer);
        if (count < 0) {
          throw new Misspoken(gone());
        }
        if (count == 0) {
          await(SelectionKey.OP_READ);
        }
      }
    } catch (IOException e) {
      throw new Misspoken(gone(), e);
    }
  }

  @Override
  public void empty(ByteBuffer buffer) throws InterruptedException {
    try {
      while (buffer.hasRemaining()) {
        if (channel.write(buffer) == 0) {
          await(SelectionKey.OP_WRITE);
        }
      }
    } catch (IOException e) {
      throw new Misspoken(gone(), e);
    }
  }

  private void await(int operation) throws IOException, InterruptedException {
    boolean over = ended.get().isPresent();
    int ready;
    try {
      key.interestOps(operation);
      ready = selector.select(Math.min(GLANCE, deadline.left()));
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException | CancelledKeyException e) {
      throw new Misspoken("the trainer was closed", e);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("Waiting for the trainer program was interrupted");
    }
    if (ready == 0 && over) {
      throw new Misspoken(gone());
    }
  }

  /** Why there is nobody at the other end. */
  private String gone() throws InterruptedException {
    for (int i = 0; i < 20 && ended.get().isEmpty(); i++) {
      Thread.sleep(50); // the end of the process is heard of a little after that of its socket
    }
    return ended.get().orElse("it closed the connection");
  }

  @Override
  public void close() {
    try {
      selector.close();
      channel.close();
    } catch (IOException e) {
      // Nothing is lost: whoever closes the wire is done with the program.
    }
  }
}
