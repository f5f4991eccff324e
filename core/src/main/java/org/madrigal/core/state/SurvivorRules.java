package org.madrigal.core.state;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Secrecy;
import org.madrigal.core.secagg.Thresholds;

/**
 * Whether members may be asked to open the sum over some survivors: there are enough of them, and
 * no sum beside it shows by the difference what a single one sent.
 */
final class SurvivorRules {

  private final Federation federation;
  private final Phase.Confidential phase;
  private final Charter charter;
  private final Secrecy secrecy;

  SurvivorRules(Federation federation, Phase.Confidential phase) {
    this.federation = federation;
    this.phase = phase;
    charter = federation.charter();
    secrecy = charter.rules().secrecy().orElseThrow();
  }

  /** Why nobody may unmask these survivors, if so. */
  Optional<String> refusal(SlotPlan plan, SortedSet<MemberId> survivors, Optional<Digest> content) {
    int dropped = plan.mostDropped(survivors);
    int needed =
        new Thresholds(
                plan.roster().size(),
                secrecy.colluders(),
                secrecy.threshold(),
                charter.rules().minimum())
            .minimumSurvivors(dropped);
    if (survivors.size() < needed) {
      return Optional.of(
          "%d masked updates agree; a sum of fewer than %d is never opened"
              .formatted(survivors.size(), needed));
    }
    return phase
        .opened()
        .filter(opened -> opened.content().equals(content.orElseThrow()))
        .filter(opened -> !opened.allows(survivors, unprotected()))
        .map(opened -> {
          TreeSet<MemberId> missed = new TreeSet<>(opened.survivors());
          missed.removeAll(survivors);
          return "members were asked for shares of a sum over %s from the same model, and opening a sum over %s beside it could show a single update: the others wait for %s, unless %d of them vote it out"
              .formatted(opened.survivors(), survivors, missed, charter.votesToLetGo());
        });
  }

  /** Whose updates a difference of sums may show: who broke the protocol, or was let go. */
  private SortedSet<MemberId> unprotected() {
    TreeSet<MemberId> unprotected = new TreeSet<>(phase.convicted());
    unprotected.addAll(federation.membership().letGo(charter.votesToLetGo()));
    return unprotected;
  }

  /**
   * Whether statistics can hardly come about any more: members were asked for shares of a sum once,
   * it did not open, and now the same members are not there. Training could go on from no other
   * model, so it waits for them; it can go on without statistics.
   */
  boolean isHopeless(Optional<Digest> content) {
    return phase.task(charter) instanceof SlotTask.Statistics
        && content.isPresent()
        && phase.opened().map(Subject::content).equals(content);
  }
}
