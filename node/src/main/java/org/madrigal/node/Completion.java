package org.madrigal.node;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.State;

/** Notices that nothing is left to do for a member. Confined to the owner thread. */
final class Completion {

  private final NodeConfig config;
  private final Agenda agenda;
  private final Voice voice;
  private @Nullable Instant finishedSince;

  Completion(NodeConfig config, Agenda agenda, Voice voice) {
    this.config = config;
    this.agenda = agenda;
    this.voice = voice;
  }

  /** The end that {@code state} is for the member, if it is one. */
  Optional<Ending> of(State state) {
    if (state.federation().isEmpty()) {
      return Optional.empty();
    }
    Federation federation = state.federation().get();
    if (federation.membership().excluded().contains(config.identity().member())) {
      return Optional.of(new Ending.Excluded());
    }
    return switch (federation.phase()) {
      case Phase.Halted halted -> Optional.of(new Ending.Halted(halted.remaining()));
      case Phase.Finished finished ->
          finished(
              state,
              federation,
              new Ending.Finished(finished.model(), finished.attested()),
              finished.attested());
      case Phase.Closed closed ->
          finished(
              state,
              federation,
              closed.model() instanceof ModelState.Open open
                  ? new Ending.Finished(open.model(), attested(closed, open.model()))
                  : new Ending.FinishedUnread(closed.model().round()),
              new TreeSet<>(closed.attested().keySet()));
      case Phase.Confidential phase -> Optional.empty();
      case Phase.Enrolling phase -> Optional.empty();
      case Phase.AwaitingModel phase -> Optional.empty();
      case Phase.Training phase -> Optional.empty();
    };
  }

  /** The end comes when all have attested, or when they had time enough. */
  private Optional<Ending> finished(
      State state, Federation federation, Ending ending, SortedSet<MemberId> attested) {
    Instant now = config.surroundings().clock().instant();
    if (finishedSince == null) {
      finishedSince = now;
    }
    boolean all = attested.containsAll(federation.membership().active());
    boolean late = !now.isBefore(finishedSince.plus(config.options().delays().grace()));
    return agenda.isSettled(state) && (late || (all && voice.unreadVotes().isEmpty()))
        ? Optional.of(ending)
        : Optional.empty();
  }

  /** Who attested the model that this member computed. */
  private static SortedSet<MemberId> attested(Phase.Closed closed, GlobalModel model) {
    TreeSet<MemberId> same = new TreeSet<>();
    closed
        .attested()
        .forEach((member, digest) -> {
          if (digest.equals(model.digest())) {
            same.add(member);
          }
        });
    return same;
  }
}
