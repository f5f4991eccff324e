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

  /** Runs {@code reading} of {@code length} bytes. */
  public static void read(int length, Reading reading) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      reading.read();
    } finally {
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
          .as("bytes of memory for %d bytes to read", length)
          .isLessThan(FREE + FOR_EACH_BYTE * length);
    }
  }
}
