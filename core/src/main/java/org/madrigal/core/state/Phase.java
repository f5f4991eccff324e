package org.madrigal.core.state;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;

/** How far a federation has come. */
public sealed interface Phase {

  /**
   * Members enrol; training starts when all have, or after the deadline with the minimum.
   *
   * @param deadline when it may start without the rest
   */
  record Enrolling(LedgerTime deadline) implements Phase {}

  /**
   * Enough members have enrolled; the initial model is not on the ledger yet.
   *
   * @param since when it became due
   */
  record AwaitingModel(LedgerTime since) implements Phase {}

  /**
   * Members train from a global model.
   *
   * @param model the model that they train from
   * @param optimiser the moments of the strategy
   * @param open the round
   */
  record Training(GlobalModel model, ServerOptimiser optimiser, OpenRound open) implements Phase {}

  /**
   * Every round has produced its model; members attest the last one.
   *
   * @param model the final model
   * @param attested the members that said that they computed the same
   */
  record Finished(GlobalModel model, SortedSet<MemberId> attested) implements Phase {
    public Finished {
      attested = Collections.unmodifiableSortedSet(attested);
    }

    Finished with(MemberId member) {
      TreeSet<MemberId> more = new TreeSet<>(attested);
      more.add(member);
      return new Finished(model, more);
    }
  }

  /**
   * So many members were excluded that the minimum cannot be met any more.
   *
   * @param remaining how many members could still take part
   */
  record Halted(int remaining) implements Phase {}
}
