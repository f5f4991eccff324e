package org.madrigal.node;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bytes that somebody stole, and the search for secrets in them. A secret counts as found by its
 * first eight bytes alone, as they are or as words of the other byte order.
 */
final class Hoard {

  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int SHIFT = Long.SIZE - 20;

  private final Map<Long, Blinded> wanted = new HashMap<>();
  private final BitSet likely = new BitSet(1 << 20);

  private Hoard(Collection<Blinded> secrets) {
    for (Blinded secret : secrets) {
      long word = secret.firstWord();
      for (long form : new long[] {word, Long.reverseBytes(word), swapped(word)}) {
        wanted.put(~form, secret);
        likely.set((int) (form >>> SHIFT));
      }
    }
  }

  /** Both halves in the other byte order. */
  private static long swapped(long word) {
    return Long.rotateLeft(Long.reverseBytes(word), Integer.SIZE);
  }

  /** Which of {@code secrets} are in objects in reach of a {@link HeapDump}. */
  static Set<Blinded> findAlive(Collection<Blinded> secrets, Path dump) throws IOException {
    Hoard hoard = new Hoard(secrets);
    Set<Blinded> found = new LinkedHashSet<>();
    HeapDump.read(dump, content -> found.addAll(hoard.search(content)));
    return found;
  }

  /** Which of {@code secrets} are in the bytes. */
  static List<Blinded> find(Collection<Blinded> secrets, byte[] bytes) {
    return new Hoard(secrets).search(MemorySegment.ofArray(bytes));
  }

  private List<Blinded> search(MemorySegment bytes) {
    List<Blinded> found = new ArrayList<>();
    for (long at = 0; at <= bytes.byteSize() - Long.BYTES; at++) {
      long word = bytes.get(WORD, at);
      if (likely.get((int) (word >>> SHIFT)) && wanted.containsKey(~word)) {
        found.add(wanted.get(~word));
      }
    }
    return found;
  }
}
