package org.madrigal.core.state;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.SlotNumber;

/**
 * Moves a federation with secrecy on: agreeing on keys, then slot after slot.
 *
 * <pre>
 * Offering → Sealing → Dealing → Committing → Masking → Unmasking ─┐   next slot
 *    ▲                    ▲          │   ▲        │ too few        │
 *    │      bad epoch key └──────────┘   └────────┴────────────────┘
 *    └── too few commitments or shares, or the epoch is over
 * </pre>
 */
final class ConfidentialProgress {

  private ConfidentialProgress() {}

  /** Begins with the first epoch, from the initial model. */
  static Federation start(
      Federation federation, ModelState model, LedgerTime now, List<Event> events) {
    Phase.Confidential phase =
        new Phase.Confidential(
            model,
            SlotTask.first(federation.charter()),
            Epoch.first(),
            SlotNumber.FIRST,
            new Stage.Offering(Turn.stepEnd(federation.charter(), now), new TreeMap<>()),
            Optional.empty(),
            new TreeSet<>());
    events.add(new Event.EpochBegan(phase.epoch().id()));
    return federation.with(phase);
  }

  /** The federation at {@code now}, with what is due closed and opened. */
  static Federation advance(
      Federation federation,
      Phase.Confidential phase,
      LedgerTime now,
      Means means,
      List<Event> events) {
    Turn turn = new Turn(federation, phase, now, means, events);
    if (Progress.possible(federation) < turn.minimum()) {
      return Progress.halt(federation, events);
    }
    KeyProgress epoch = new KeyProgress(turn);
    SlotProgress slot = new SlotProgress(turn);
    return switch (phase.stage()) {
      case Stage.Offering stage -> epoch.offering(stage);
      case Stage.Sealing stage -> epoch.sealing(stage);
      case Stage.Dealing stage -> epoch.dealing(stage);
      case Stage.Committing stage -> slot.committing(stage);
      case Stage.Masking stage -> slot.masking(stage);
      case Stage.Unmasking stage -> slot.unmasking(stage);
      case Stage.Collecting stage -> slot.collecting(stage);
    };
  }

  /** The first stage with an epoch key: what the members do in every round from then on. */
  static Stage firstStage(Charter charter, int attempt, LedgerTime now) {
    return charter.rules().privacy() == Privacy.MEMBERS
        ? new Stage.Collecting(
            Turn.roundEnd(charter, now), attempt, SealedUpdates.NONE, Elsewhere.none(charter))
        : new Stage.Committing(Turn.stepEnd(charter, now), attempt, new TreeMap<>());
  }

  /** Excludes a member whose guilt everybody can see. */
  static Federation convict(
      Federation federation,
      Phase.Confidential phase,
      MemberId member,
      String reason,
      List<Event> events) {
    if (phase.convicted().contains(member)) {
      return federation;
    }
    events.add(new Event.MemberConvicted(member, reason));
    return federation.with(federation.membership().withExcluded(member)).with(phase.with(member));
  }
}
