package org.madrigal.core.state;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SlotNumber;

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
   * @param elsewhere the model, once it is named, where it lies off the ledger
   */
  record AwaitingModel(LedgerTime since, Elsewhere elsewhere) implements Phase {}

  /**
   * Members train from a global model.
   *
   * @param model the model that they train from
   * @param optimiser the moments of the strategy
   * @param open the round
   */
  record Training(GlobalModel model, ServerOptimiser optimiser, OpenRound open) implements Phase {
    Training with(OpenRound changed) {
      return new Training(model, optimiser, changed);
    }
  }

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

  /**
   * Members with secrecy agree on keys and aggregate, slot after slot.
   *
   * @param model what the replay knows of the global model
   * @param round the number of the task that the members work on, as {@link SlotTask} counts them
   * @param epoch the key epoch
   * @param slot the attempt to aggregate
   * @param stage what they are at
   * @param opened the last sum towards which members were asked for shares
   * @param convicted members who provably broke the protocol
   */
  record Confidential(
      ModelState model,
      RoundId round,
      Epoch epoch,
      SlotNumber slot,
      Stage stage,
      Optional<Subject> opened,
      SortedSet<MemberId> convicted)
      implements Phase {
    public Confidential {
      convicted = Collections.unmodifiableSortedSet(convicted);
    }

    Confidential with(Stage next) {
      return new Confidential(model, round, epoch, slot, next, opened, convicted);
    }

    Confidential with(Epoch changed) {
      return new Confidential(model, round, changed, slot, stage, opened, convicted);
    }

    Confidential with(Subject sum) {
      return new Confidential(model, round, epoch, slot, stage, Optional.of(sum), convicted);
    }

    Confidential with(MemberId guilty) {
      TreeSet<MemberId> more = new TreeSet<>(convicted);
      more.add(guilty);
      return new Confidential(model, round, epoch, slot, stage, opened, more);
    }

    /** What the members work on. */
    public SlotTask task(Charter charter) {
      return SlotTask.of(charter, round);
    }

    /** The next attempt at the same task. */
    Confidential nextSlot() {
      return new Confidential(
          model, round, epoch.withSlotOver(), slot.next(), stage, opened, convicted);
    }

    /** The first attempt at the next task, which starts from {@code next}. */
    Confidential after(ModelState next) {
      return new Confidential(
          next, round.next(), epoch.withSlotOver(), slot.next(), stage, opened, convicted);
    }
  }

  /**
   * Every round of a federation with secrecy is over; members attest the last model.
   *
   * @param model what the replay knows of it
   * @param last the last slot
   * @param attested the digest that each member gave
   */
  record Closed(ModelState model, SlotNumber last, SortedMap<MemberId, Digest> attested)
      implements Phase {
    public Closed {
      attested = Collections.unmodifiableSortedMap(attested);
    }

    Closed with(MemberId member, Digest digest) {
      TreeMap<MemberId, Digest> more = new TreeMap<>(attested);
      more.put(member, digest);
      return new Closed(model, last, more);
    }
  }
}
