package org.madrigal.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.SlotPlan;
import org.madrigal.core.state.Stage;
import org.madrigal.core.state.State;
import org.madrigal.core.state.Verdict;

/**
 * A stranger who replays one history as soon as it is final, without any key, and remembers what
 * everybody else must come to.
 */
final class Observer {

  private final List<Seen> seen = new ArrayList<>();
  private final Map<Digest, SlotPlan> plans = new HashMap<>();
  private final List<Asked> asked = new ArrayList<>();
  private State state;

  /**
   * What an entry came to.
   *
   * @param head the history with it
   * @param verdict whether it counts
   * @param standing where the federation stands afterwards
   */
  record Seen(Head head, Verdict verdict, String standing) {}

  /**
   * A sum towards which shares were asked for.
   *
   * @param plan the slot
   * @param survivors whose updates are in it
   * @param content what it tells of
   */
  record Asked(SlotPlan plan, SortedSet<MemberId> survivors, Digest content) {}

  Observer(State start) {
    state = start;
  }

  /** An observer who has seen the same and goes on by itself. */
  Observer fork() {
    Observer fork = new Observer(state);
    fork.seen.addAll(seen);
    fork.plans.putAll(plans);
    fork.asked.addAll(asked);
    return fork;
  }

  /** Replays the next entry. */
  Outcome hear(Entry entry) {
    Optional<Stage> before = stage();
    Outcome outcome = Replay.apply(state, entry);
    state = outcome.state();
    for (Event event : outcome.events()) {
      if (event instanceof Event.MaskingBegan began) {
        plans.put(began.plan().digest(), began.plan());
      }
    }
    seen.add(new Seen(state.history().head(), outcome.verdict(), standing(state)));
    if (stage().orElse(null) instanceof Stage.Unmasking stage
        && !(before.orElse(null) instanceof Stage.Unmasking last
            && last.updates().equals(stage.updates()))) {
      Digest content = Phases.confidential(state).orElseThrow().opened().orElseThrow().content();
      asked.add(new Asked(stage.plan(), stage.survivors(), content));
    }
    return outcome;
  }

  /** Where a federation stands, as everybody must see it. */
  static String standing(State state) {
    if (state.federation().isEmpty()) {
      return "empty";
    }
    Federation federation = state.federation().get();
    String phase =
        switch (federation.phase()) {
          case Phase.Confidential c ->
              "%s %s %s %s %s"
                  .formatted(
                      c.epoch().id(),
                      c.slot(),
                      c.round(),
                      c.stage().getClass().getSimpleName(),
                      c.stage().deadline().epochMillis());
          case Phase.Training training ->
              "round %s, %s".formatted(training.open().round(), training.open().updates().keySet());
          case Phase.Closed closed -> "closed %s".formatted(closed.attested().keySet());
          case Phase other -> other.getClass().getSimpleName();
        };
    return phase + federation.membership().enrolled().keySet() + federation.membership().excluded();
  }

  /** What the entry at this place came to. */
  Seen at(long position) {
    return seen.get((int) position);
  }

  /** How many entries there are. */
  int length() {
    return seen.size();
  }

  /** The state after the last entry. */
  State state() {
    return state;
  }

  /** The plan of a slot with this digest, if this history had it. */
  Optional<SlotPlan> plan(Digest digest) {
    return Optional.ofNullable(plans.get(digest));
  }

  /** All plans of this history. */
  List<SlotPlan> plans() {
    return List.copyOf(plans.values());
  }

  /** The sums towards which shares were asked for. */
  List<Asked> asked() {
    return asked;
  }

  private Optional<Stage> stage() {
    return Phases.confidential(state).map(Phase.Confidential::stage);
  }
}
