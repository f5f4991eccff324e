package org.madrigal.ledger.http;

import java.util.HashMap;
import java.util.Map;
import org.madrigal.core.protocol.MemberId;

/** Counts who waits for blocks, so that nobody takes all the places. */
final class Waiters {

  private final int most;
  private final int mostOfOne;
  private final Map<MemberId, Integer> waiting = new HashMap<>();
  private int total;

  Waiters(int most) {
    this.most = most;
    this.mostOfOne = most / 4;
  }

  /** Takes a place for {@code member}; false if there is none. */
  synchronized boolean enter(MemberId member) {
    int own = waiting.getOrDefault(member, 0);
    if (total >= most || own >= mostOfOne) {
      return false;
    }
    waiting.put(member, own + 1);
    total++;
    return true;
  }

  synchronized void leave(MemberId member) {
    waiting.computeIfPresent(member, (id, own) -> own == 1 ? null : own - 1);
    total--;
  }
}
