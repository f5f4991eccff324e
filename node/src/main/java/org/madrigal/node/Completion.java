package org.madrigal.node;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.state.Federation;
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
      case Phase.Finished finished -> finished(state, federation, finished);
      case Phase.Enrolling phase -> Optional.empty();
      case Phase.AwaitingModel phase -> Optional.empty();
      case Phase.Training phase -> Optional.empty();
    };
  }

  /** The end comes when all have attested, or when they had time enough. */
  private Optional<Ending> finished(State state, Federation federation, Phase.Finished finished) {
    Instant now = config.surroundings().clock().instant();
    if (finishedSince == null) {
      finishedSince = now;
    }
    boolean all = finished.attested().containsAll(federation.membership().active());
    boolean late = !now.isBefore(finishedSince.plus(config.options().delays().grace()));
    return agenda.isSettled(state) && (late || (all && voice.unreadVotes().isEmpty()))
        ? Optional.of(new Ending.Finished(finished.model(), finished.attested()))
        : Optional.empty();
  }
}
