package org.madrigal.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Holds what reads bytes that anybody may have made up to memory in proportion to their number: a
 * length that they only claim must be checked before room is made for it. For tests.
 */
public final class Untrusted {

  private static final long FREE = 16L << 20;
  private static final long FOR_EACH_BYTE = 4096;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Untrusted() {}

  /** What reads the bytes, in this thread. */
  @FunctionalInterface
  public interface Reading {
    /** Reads. */
    void read() throws Exception;
  }

  /** Runs {@code reading} of {@code length} bytes; twice where the first also loaded classes. */
  public static void read(int length, Reading reading) throws Exception {
    long most = FREE + FOR_EACH_BYTE * length;
    if (taken(reading) > most) {
      assertThat(taken(reading))
          .as("bytes of memory for %d bytes to read", length)
          .isLessThan(most);
    }
  }

  private static long taken(Reading reading) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    reading.read();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
