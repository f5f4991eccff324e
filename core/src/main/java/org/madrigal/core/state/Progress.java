package org.madrigal.core.state;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;

/** Moves a federation on: what follows from the time and from what was said, without more words. */
final class Progress {

  private Progress() {}

  /** The state at {@code now}, with everything closed and opened that is due. */
  static State advance(State state, LedgerTime now, Means means, List<Event> events) {
    return state.federation().isEmpty()
        ? state
        : state.with(advance(state.federation().get(), now, means, events));
  }

  private static Federation advance(
      Federation federation, LedgerTime now, Means means, List<Event> events) {
    return switch (federation.phase()) {
      case Phase.Enrolling phase -> enrolment(federation, phase, now, events);
      case Phase.AwaitingModel phase ->
          possible(federation) < federation.charter().rules().minimum()
              ? halt(federation, events)
              : Start.whenAvailable(federation, phase, now, means, events);
      case Phase.Training phase ->
          phase.open().closesAt(now, federation.charter().rules().minimum())
              ? close(federation, phase, now, means, events)
              : haltIfStuck(federation, phase, events);
      case Phase.Confidential phase ->
          ConfidentialProgress.advance(federation, phase, now, means, events);
      case Phase.Finished phase -> federation;
      case Phase.Closed phase -> federation;
      case Phase.Halted phase -> federation;
    };
  }

  private static Federation enrolment(
      Federation federation, Phase.Enrolling phase, LedgerTime now, List<Event> events) {
    int enrolled = federation.membership().active().size();
    int possible = possible(federation);
    boolean all = enrolled == possible;
    boolean late = now.isAfter(phase.deadline());
    if ((all || late) && enrolled >= federation.charter().rules().minimum()) {
      return federation.with(new Phase.AwaitingModel(now, Elsewhere.none(federation.charter())));
    }
    return haltIfTooFew(federation, events);
  }

  private static Federation close(
      Federation federation,
      Phase.Training phase,
      LedgerTime now,
      Means means,
      List<Event> events) {
    OpenRound open = phase.open();
    Charter charter = federation.charter();
    ModelState.Open next = step(charter, phase, means, events);
    GlobalModel model = next.model();
    if (open.round().value() >= charter.training().rounds()) {
      events.add(new Event.TrainingFinished());
      return federation.with(new Phase.Finished(model, new TreeSet<>()));
    }
    if (possible(federation) < charter.rules().minimum()) {
      return halt(federation, events);
    }
    return openRound(federation, model, next.optimiser(), now, events);
  }

  /**
   * The model after the round; the same one where there are too few updates for the aggregation.
   */
  private static ModelState.Open step(
      Charter charter, Phase.Training phase, Means means, List<Event> events) {
    OpenRound open = phase.open().gathered(charter, means);
    GlobalModel last = phase.model();
    int fewest = charter.training().aggregation().fewest();
    if (open.updates().size() < fewest) {
      events.add(
          new Event.RoundDiscarded(
              open.round(),
              "it has %d updates, and its aggregation needs %d"
                  .formatted(open.updates().size(), fewest)));
      return new ModelState.Open(
          new GlobalModel(open.round(), last.parameters(), last.digest()), phase.optimiser());
    }
    ServerOptimiser.Step step =
        phase
            .optimiser()
            .step(charter.training().strategy(), last.parameters(), open.received().mean());
    GlobalModel model = GlobalModel.of(open.round(), step.model());
    TreeSet<MemberId> absent = new TreeSet<>(open.cohort());
    absent.removeAll(open.counted().keySet());
    events.add(
        new Event.RoundClosed(model, List.copyOf(open.updates().keySet()), List.copyOf(absent)));
    return new ModelState.Open(model, step.optimiser());
  }

  /** Opens the round after {@code model}'s. */
  static Federation openRound(
      Federation federation,
      GlobalModel model,
      ServerOptimiser optimiser,
      LedgerTime now,
      List<Event> events) {
    Charter charter = federation.charter();
    TreeSet<MemberId> active = new TreeSet<>(federation.membership().active());
    OpenRound open =
        new OpenRound(
            model.round().next(),
            now,
            now.plus(charter.rules().deadlines().round()),
            Cohort.draw(charter.id(), model, active, charter.cohortSize(active.size())),
            new TreeMap<>(),
            Updates.none(charter, model, optimiser),
            Elsewhere.none(charter));
    events.add(new Event.RoundOpened(open.round(), open.cohort()));
    return federation.with(new Phase.Training(model, optimiser, open));
  }

  /** A round that waits for more updates than its unexcluded cohort can still send is over. */
  private static Federation haltIfStuck(
      Federation federation, Phase.Training phase, List<Event> events) {
    TreeSet<MemberId> able = new TreeSet<>(phase.open().cohort());
    able.removeAll(federation.membership().excluded());
    able.addAll(phase.open().counted().keySet());
    int needed = phase.open().needed(federation.charter().rules().minimum());
    return able.size() < needed ? halt(federation, events) : federation;
  }

  private static Federation haltIfTooFew(Federation federation, List<Event> events) {
    return possible(federation) < federation.charter().rules().minimum()
        ? halt(federation, events)
        : federation;
  }

  static Federation halt(Federation federation, List<Event> events) {
    int remaining = possible(federation);
    events.add(new Event.FederationHalted(remaining));
    return federation.with(new Phase.Halted(remaining));
  }

  /** How many members of the charter were not excluded. */
  static int possible(Federation federation) {
    return federation.charter().roster().size() - federation.membership().excluded().size();
  }
}
