package org.madrigal.simulation;

import java.nio.ByteBuffer;
import org.madrigal.core.crypto.Bytes;

/** Where records lie in a journal's bytes: header of 88 bytes, then length, checksum, content. */
final class JournalShape {

  private static final int HEADER = 88;
  private static final int PREFIX = 8;

  private JournalShape() {}

  /** Where the last record begins; the end of the header where there is none. */
  static int lastRecord(Bytes journal) {
    ByteBuffer bytes = journal.asReadOnlyBuffer();
    int last = Math.min(HEADER, journal.length());
    int next = last;
    while (next + PREFIX < journal.length()) {
      last = next;
      next += PREFIX + Math.max(0, bytes.getInt(next));
    }
    return last;
  }
}
