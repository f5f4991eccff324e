package org.madrigal.core.state;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;

/**
 * A round that still takes updates.
 *
 * @param round its number
 * @param opened the ledger's time at which it opened
 * @param deadline when it may close without the absent
 * @param cohort who is expected to send an update
 * @param updates who has, and at which position
 * @param received these updates
 */
public record OpenRound(
    RoundId round,
    LedgerTime opened,
    LedgerTime deadline,
    SortedSet<MemberId> cohort,
    SortedMap<MemberId, Position> updates,
    Updates received) {

  public OpenRound {
    cohort = Collections.unmodifiableSortedSet(cohort);
    updates = Collections.unmodifiableSortedMap(updates);
  }

  OpenRound with(MemberId member, Position position, Updates more) {
    TreeMap<MemberId, Position> longer = new TreeMap<>(updates);
    longer.put(member, position);
    return new OpenRound(round, opened, deadline, cohort, longer, more);
  }

  /** How many updates are enough after the deadline, when the charter asks for {@code minimum}. */
  public int needed(int minimum) {
    return Math.min(minimum, cohort.size());
  }

  /** Whether it closes at {@code now}, when {@code minimum} updates are enough. */
  boolean closesAt(LedgerTime now, int minimum) {
    return updates.size() == cohort.size()
        || (now.isAfter(deadline) && updates.size() >= needed(minimum));
  }
}
