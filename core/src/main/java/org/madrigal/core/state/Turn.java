package org.madrigal.core.state;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Secrecy;
import org.madrigal.core.state.SlotPlan.Committed;

/**
 * A moment of a federation with secrecy: who is there, what is due, and the moves from one slot to
 * the next.
 *
 * @param federation the federation
 * @param phase what is under way in it
 * @param now the ledger's time
 * @param means the epoch keys and attachments of the replay
 * @param events what comes about, to add to
 */
record Turn(
    Federation federation,
    Phase.Confidential phase,
    LedgerTime now,
    Means means,
    List<Event> events) {

  /**
   * So many slots an epoch lasts at least, unless one of them fails: who waits outside may force no
   * more.
   */
  static final int SHORTEST_EPOCH = 8;

  /** The same moment of a federation in which somebody was convicted. */
  Turn with(Federation convicted) {
    return new Turn(convicted, (Phase.Confidential) convicted.phase(), now, means, events);
  }

  void tell(Event event) {
    events.add(event);
  }

  Federation giveUp(String reason) {
    tell(new Event.TaskGivenUp(task(), reason));
    return roundOver(phase.after(phase.model()), new TreeMap<>());
  }

  /**
   * An attempt has failed. The next one begins with fresh keys, but nothing hangs on an evaluation:
   * the training is over, and must not wait for who has left.
   */
  Federation tryAgain(Phase.Confidential next) {
    return task() instanceof SlotTask.Evaluation
        ? giveUp("too few members took part to the end")
        : newEpoch(next);
  }

  Event abandoned(String reason) {
    return new Event.SlotAbandoned(phase.slot(), task(), reason);
  }

  Federation roundOver(Phase.Confidential after, SortedMap<MemberId, Committed> commitments) {
    if (after.round().compareTo(SlotTask.last(charter())) > 0) {
      tell(new Event.TrainingFinished());
      return federation.with(new Phase.Closed(after.model(), phase.slot(), new TreeMap<>()));
    }
    boolean wanted = after.epoch().slots() >= SHORTEST_EPOCH && isWaitedFor(after);
    if (wanted || isEpochOver(after)) {
      return newEpoch(after);
    }
    return commitNext(after, commitments);
  }

  /** Whether a member waits for the next epoch, having offered its key. */
  boolean isWaitedFor(Phase.Confidential next) {
    return !Collections.disjoint(next.epoch().early().keySet(), active());
  }

  boolean isEpochOver(Phase.Confidential next) {
    return next.epoch().slots() >= secrecy().epoch();
  }

  Federation commitNext(Phase.Confidential next, SortedMap<MemberId, Committed> commitments) {
    Stage stage =
        charter().rules().privacy() == Privacy.MEMBERS
            ? ConfidentialProgress.firstStage(charter(), -1, now)
            : new Stage.Committing(stepEnd(), -1, commitments);
    return again(federation.with(next.with(stage)));
  }

  Federation newEpoch(Phase.Confidential last) {
    Phase.Confidential next =
        last.with(last.epoch().next()).with(new Stage.Offering(stepEnd(), last.epoch().early()));
    tell(new Event.EpochBegan(next.epoch().id()));
    return again(federation.with(next));
  }

  Federation to(Stage stage) {
    return again(federation.with(phase.with(stage)));
  }

  /** What was said beforehand may close the next stage at once. */
  Federation again(Federation moved) {
    return moved.phase() instanceof Phase.Confidential next
        ? ConfidentialProgress.advance(moved, next, now, means, events)
        : moved;
  }

  boolean isOver(Stage stage, Set<MemberId> expected, Set<MemberId> have) {
    return have.size() >= minimum()
        && (have.containsAll(expected) || now.isAfter(stage.deadline()));
  }

  SortedSet<MemberId> active() {
    return federation.membership().active();
  }

  /** The members of the epoch that were not excluded. */
  SortedSet<MemberId> present() {
    TreeSet<MemberId> present = new TreeSet<>(roster().members());
    present.removeAll(federation.membership().excluded());
    return present;
  }

  Charter charter() {
    return federation.charter();
  }

  SlotTask task() {
    return phase.task(charter());
  }

  Roster roster() {
    return phase.epoch().members();
  }

  int minimum() {
    return charter().rules().minimum();
  }

  Secrecy secrecy() {
    return charter().rules().secrecy().orElseThrow();
  }

  LedgerTime stepEnd() {
    return stepEnd(charter(), now);
  }

  LedgerTime roundEnd() {
    return roundEnd(charter(), now);
  }

  static LedgerTime stepEnd(Charter charter, LedgerTime now) {
    return now.plus(charter.rules().secrecy().orElseThrow().step());
  }

  static LedgerTime roundEnd(Charter charter, LedgerTime now) {
    return now.plus(charter.rules().deadlines().round());
  }
}
