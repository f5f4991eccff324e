package org.madrigal.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.simulate.Jury;
import org.madrigal.app.simulate.Nodes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.Stage;
import org.madrigal.core.state.State;
import org.madrigal.core.state.Verdict;

/**
 * Watches the rounds, tells of them, and ends the hospital in a process of its own when the round
 * in the middle opens.
 */
final class DemoTraining implements Nodes.Watcher {

  private final int rounds;
  private final RoundId fatal;
  private final HospitalProcess victim;
  private final End end;
  private final Jury jury;
  private final DemoScreen screen;
  private final List<Digest> models = new ArrayList<>();
  private @Nullable Position death;
  private boolean resumed;
  private @Nullable GlobalModel model;
  private @Nullable Head head;

  /** How many entries the ledger has. */
  @FunctionalInterface
  interface End {
    /** At this moment. */
    Position now() throws InterruptedException;
  }

  /**
   * A training that has not begun.
   *
   * @param rounds how many rounds there will be
   * @param end how many entries the ledger has now
   */
  DemoTraining(int rounds, HospitalProcess victim, End end, Jury jury, DemoScreen screen) {
    this.rounds = rounds;
    this.fatal = new RoundId(rounds / 3 + 1);
    this.victim = victim;
    this.end = end;
    this.jury = jury;
    this.screen = screen;
  }

  @Override
  public boolean judged(Entry entry, Outcome outcome) throws InterruptedException {
    noticeReturn(entry, outcome);
    for (Event event : outcome.events()) {
      if (event instanceof Event.RoundClosed closed) {
        close(closed);
      }
    }
    if (death == null && isTrainingIn(fatal, outcome.state())) {
      kill(fatal);
    }
    head = outcome.state().history().head();
    return true;
  }

  private static boolean isTrainingIn(RoundId round, State state) {
    return switch (state.federation().map(Federation::phase).orElse(null)) {
      case Phase.Training phase -> phase.open().round().equals(round);
      case Phase.Confidential phase ->
          phase.round().equals(round)
              && (phase.stage() instanceof Stage.Masking
                  || phase.stage() instanceof Stage.Collecting);
      case null, default -> false;
    };
  }

  private void kill(RoundId round) throws InterruptedException {
    long pid = victim.pid();
    victim.kill();
    death = end.now();
    screen.bad(
        "  kill -9 %d: the process of %s is dead in the middle of round %s; the others wait for it"
            .formatted(pid, name(), round));
    victim.restart();
    screen.passing("  %s starts again ...".formatted(name()));
  }

  /** Entries that were on the ledger when the process died prove nothing. */
  private void noticeReturn(Entry entry, Outcome outcome) {
    if (death == null || resumed || entry.position().compareTo(death) < 0) {
      return;
    }
    boolean own =
        outcome.envelope().filter(envelope -> envelope.author().equals(name())).isPresent();
    if (own && outcome.verdict() instanceof Verdict.Applied) {
      resumed = true;
      screen.good(
          "  %s is back (process %d): it read %s entries again and spoke at position %s"
              .formatted(name(), victim.pid(), death, entry.position()));
    }
  }

  private void close(Event.RoundClosed closed) throws InterruptedException {
    victim.checkAlive();
    model = closed.model();
    models.add(closed.model().digest());
    screen.round(
        closed.model().round().value(),
        rounds,
        jury.members(closed.model().parameters()),
        jury.pooled(closed.model().parameters()));
  }

  private MemberId name() {
    return victim.member().id();
  }

  /** Whether the killed hospital spoke again. */
  boolean resumed() {
    return resumed;
  }

  /** The models of the rounds so far. */
  List<Digest> models() {
    return List.copyOf(models);
  }

  /** The last model; there is one after a training that ended well. */
  GlobalModel model() {
    return Optional.ofNullable(model).orElseThrow();
  }

  /** How far the history reaches. */
  Head head() {
    return Optional.ofNullable(head).orElseThrow();
  }
}
