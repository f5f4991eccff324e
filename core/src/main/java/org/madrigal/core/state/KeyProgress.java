package org.madrigal.core.state;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.MemberId;

/**
 * Agreeing on the keys of an epoch: offers, seals, and the epoch key.
 *
 * @param turn the moment at which it is looked at
 */
record KeyProgress(Turn turn) {

  Federation offering(Stage.Offering stage) {
    TreeMap<MemberId, Bytes> offers = new TreeMap<>(stage.offers());
    offers.keySet().retainAll(turn.active());
    if (!turn.isOver(stage, turn.active(), offers.keySet())) {
      if (!turn.now().isAfter(stage.deadline())) {
        return turn.federation();
      }
      if (turn.task() instanceof SlotTask.Evaluation) {
        return turn.giveUp("too few members offered keys");
      }
      return isEnoughForTheNext(stage) ? turn.newEpoch(turn.phase()) : turn.federation();
    }
    Roster candidates =
        new Roster(turn.charter().id(), turn.phase().epoch().id(), List.copyOf(offers.keySet()));
    return turn.to(new Stage.Sealing(turn.stepEnd(), offers, candidates, new TreeMap<>()));
  }

  /** Whether it takes those who offer a key for the next epoch only: they cannot for this one. */
  private boolean isEnoughForTheNext(Stage.Offering stage) {
    SortedSet<MemberId> willing = stage.willing(turn.phase().epoch());
    willing.retainAll(turn.active());
    return willing.size() >= turn.minimum();
  }

  Federation sealing(Stage.Sealing stage) {
    TreeSet<MemberId> expected = new TreeSet<>(stage.offers().keySet());
    expected.retainAll(turn.active());
    if (expected.size() < turn.minimum()) {
      return turn.tryAgain(turn.phase());
    }
    TreeSet<MemberId> sealed = new TreeSet<>(stage.seals().keySet());
    sealed.retainAll(turn.active());
    if (!turn.isOver(stage, expected, sealed)) {
      return turn.now().isAfter(stage.deadline()) ? turn.tryAgain(turn.phase()) : turn.federation();
    }
    Roster roster = new Roster(turn.charter().id(), turn.phase().epoch().id(), List.copyOf(sealed));
    turn.tell(new Event.KeysAgreed(stage, roster, turn.phase().slot()));
    return turn.federation()
        .with(
            turn.phase()
                .with(turn.phase().epoch().with(roster))
                .with(new Stage.Dealing(turn.stepEnd(), 0)));
  }

  Federation dealing(Stage.Dealing stage) {
    if (turn.present().size() < turn.minimum() || stage.attempt() >= turn.roster().size()) {
      return turn.tryAgain(turn.phase());
    }
    boolean gone = !turn.active().contains(turn.roster().dealer(stage.attempt()));
    return gone || turn.now().isAfter(stage.deadline())
        ? turn.again(turn.to(new Stage.Dealing(turn.stepEnd(), stage.attempt() + 1)))
        : turn.federation();
  }
}
