package org.madrigal.core.state;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Charter;
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
 * @param updates who has sent one that lies on the ledger, and at which position
 * @param received these updates
 * @param elsewhere the updates that are named on the ledger and lie elsewhere
 */
public record OpenRound(
    RoundId round,
    LedgerTime opened,
    LedgerTime deadline,
    SortedSet<MemberId> cohort,
    SortedMap<MemberId, Position> updates,
    Updates received,
    Elsewhere elsewhere) {

  public OpenRound {
    cohort = Collections.unmodifiableSortedSet(cohort);
    updates = Collections.unmodifiableSortedMap(updates);
  }

  OpenRound with(MemberId member, Position position, Updates more) {
    TreeMap<MemberId, Position> longer = new TreeMap<>(updates);
    longer.put(member, position);
    return new OpenRound(round, opened, deadline, cohort, longer, more, elsewhere);
  }

  OpenRound with(Elsewhere more) {
    return new OpenRound(round, opened, deadline, cohort, updates, received, more);
  }

  /** Who has sent an update, whether or not it counts yet, and at which position. */
  public SortedMap<MemberId, Position> sent() {
    return and(elsewhere.all());
  }

  /** Whose updates count now, and at which position. */
  public SortedMap<MemberId, Position> counted() {
    return and(elsewhere.available());
  }

  private SortedMap<MemberId, Position> and(List<Named> more) {
    TreeMap<MemberId, Position> all = new TreeMap<>(updates);
    more.forEach(named -> all.put(named.author(), named.position()));
    return all;
  }

  /**
   * The same with what counts and lies elsewhere among the updates. What has the right digest but
   * is out of bound is left out: without the bytes nobody could reject it.
   */
  OpenRound gathered(Charter charter, Means means) {
    OpenRound gathered = this;
    for (Named named : elsewhere.available()) {
      Optional<Bytes> content =
          means
              .find(named)
              .filter(found -> OpenJudge.checkNumbers(found, charter.rules().bound()).isEmpty());
      if (content.isPresent()) {
        Updates more = gathered.received().plus(named.author(), content.get());
        gathered = gathered.with(named.author(), named.position(), more);
      }
    }
    return gathered;
  }

  /** How many updates are enough after the deadline, when the charter asks for {@code minimum}. */
  public int needed(int minimum) {
    return Math.min(minimum, cohort.size());
  }

  /** Whether it closes at {@code now}, when {@code minimum} updates are enough. */
  boolean closesAt(LedgerTime now, int minimum) {
    int counted = counted().size();
    return counted == cohort.size() || (now.isAfter(deadline) && counted >= needed(minimum));
  }
}
