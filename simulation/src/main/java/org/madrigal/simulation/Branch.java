package org.madrigal.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;

/**
 * One history of a ledger: final entries, then blocks that may still be taken back, then statements
 * that wait for a block.
 */
final class Branch {

  private final int number;
  private final List<Entry> entries = new ArrayList<>();
  private final Deque<List<Waiting>> blocks = new ArrayDeque<>();
  private final Map<Digest, Waiting> pool = new LinkedHashMap<>();
  private final Set<Digest> known = new HashSet<>();
  private boolean sealing;

  /** A statement that is on its way to an entry. */
  private record Waiting(SignedStatement statement, Optional<Attachment> attachment) {}

  /** A history without entries. */
  Branch(int number) {
    this.number = number;
  }

  /** Another history with the same final entries; nothing waits in it. */
  Branch fork(int other) {
    Branch fork = new Branch(other);
    fork.entries.addAll(entries);
    entries.forEach(entry -> fork.known.add(entry.statement().digest()));
    return fork;
  }

  /** Which history this is. */
  int number() {
    return number;
  }

  /** The final entries. */
  List<Entry> entries() {
    return entries;
  }

  /** Takes a statement, unless it is here already. */
  void take(SignedStatement statement, Optional<Attachment> attachment) {
    if (known.add(statement.digest())) {
      pool.put(statement.digest(), new Waiting(statement, attachment));
    }
  }

  /** Whether the next block is planned; from now on it is. */
  boolean planSeal() {
    boolean was = sealing;
    sealing = true;
    return was;
  }

  /** Whether a statement is left that is not final. */
  boolean isUnsettled() {
    return !pool.isEmpty() || blocks.stream().anyMatch(block -> !block.isEmpty());
  }

  /** Up to three blocks that are not final are taken back; some of what was in them is lost. */
  int takeBack(Chance chance) {
    int taken = 0;
    for (int wanted = chance.between(1, 3); taken < wanted && !blocks.isEmpty(); taken++) {
      for (Waiting waiting : blocks.removeLast()) {
        if (chance.once(0.2)) {
          known.remove(waiting.statement().digest());
        } else {
          pool.put(waiting.statement().digest(), waiting);
        }
      }
    }
    return taken;
  }

  /**
   * Makes a block of what waits, in another order where {@code chance} says so, and one or more
   * final that are deep enough.
   *
   * @return the entries that became final
   */
  List<Entry> seal(long now, int finality, Chance chance, boolean reordering) {
    sealing = false;
    List<Waiting> waiting = List.copyOf(pool.values());
    pool.clear();
    blocks.addLast(reordering ? chance.shuffled(waiting) : waiting);
    List<Entry> done = new ArrayList<>();
    while (blocks.size() > finality) {
      LedgerTime time = timeAfter(now);
      for (Waiting next : blocks.removeFirst()) {
        done.add(
            new Entry(
                new Position(entries.size() + (long) done.size()),
                time,
                next.statement(),
                next.attachment()));
      }
    }
    entries.addAll(done);
    return done;
  }

  private LedgerTime timeAfter(long now) {
    LedgerTime time = new LedgerTime(Math.max(0, now));
    LedgerTime last = entries.isEmpty() ? time : entries.getLast().time();
    return time.isAfter(last) ? time : last;
  }
}
