package org.madrigal.app.simulate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.simulate.Simulation.Result;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.state.Attachments;
import org.madrigal.core.state.Attempt;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;
import org.madrigal.ledger.Ledger;

/** The audit of a ledger in memory: everything is replayed from nothing. */
final class FreshReplay {

  private static final int BATCH = 256;

  private FreshReplay() {}

  /**
   * Replays {@code ledger} up to the head of {@code result}, which must give its model.
   *
   * @param keys the epoch keys, where updates are kept from strangers
   * @param attachments those off the ledger
   * @throws Failure of {@code BROKEN} if it does not
   */
  static void check(
      Ledger ledger, State initial, EpochKeys keys, Attachments attachments, Result result)
      throws InterruptedException {
    Head head = result.head();
    GlobalModel model = result.model();
    State state = initial;
    Optional<GlobalModel> last = Optional.empty();
    while (state.history().head().position().compareTo(head.position()) < 0) {
      List<Entry> entries = ledger.read(state.history().head().position(), BATCH, Duration.ZERO);
      for (Entry entry : entries) {
        if (entry.position().compareTo(head.position()) >= 0) {
          break;
        }
        if (!(Replay.attempt(state, entry, keys, attachments)
            instanceof Attempt.Done(Outcome outcome))) {
          throw new IllegalStateException("Every node of the simulation has had the attachments");
        }
        state = outcome.state();
        for (Event event : outcome.events()) {
          if (event instanceof Event.RoundClosed closed) {
            last = Optional.of(closed.model());
          }
        }
      }
    }
    boolean same =
        state.history().head().equals(head)
            && last.isPresent()
            && last.get().digest().equals(model.digest());
    if (!same) {
      throw new Failure(
          ExitCode.BROKEN,
          "Replayed from nothing, the ledger gives the model %s after %s; the nodes computed %s after %s."
              .formatted(
                  last.map(GlobalModel::digest).map(Object::toString).orElse("none"),
                  state.history().head(),
                  model.digest(),
                  head));
    }
  }
}
