package org.madrigal.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.madrigal.core.duty.Duties;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.State;
import org.madrigal.node.journal.Signing;
import org.madrigal.node.journal.Signing.Said;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.journal.Slot;

/**
 * From what is owed to what is done: each duty has a slot; what is not decided for the slot is
 * begun, what is said and not read back is sent. Confined to the owner thread.
 */
final class Agenda {

  private final NodeConfig config;
  private final SigningJournal journal;
  private final Voice voice;
  private final Chores chores;
  private final Sender sender;
  private final Confidant confidant;
  private final Receipts receipts;
  private final Backoff nudges;
  private LedgerTime nudged = new LedgerTime(0);
  private Instant nudgeNotBefore = Instant.MIN;
  private boolean resting;

  Agenda(
      NodeConfig config,
      SigningJournal journal,
      Voice voice,
      Chores chores,
      Sender sender,
      Confidant confidant) {
    this.config = config;
    this.journal = journal;
    this.voice = voice;
    this.chores = chores;
    this.sender = sender;
    this.confidant = confidant;
    receipts = new Receipts(voice, config.keeping().shelf());
    Delays delays = config.options().delays();
    nudges = new Backoff(delays.rank(), delays.longest(), config.surroundings().random());
  }

  /** The slots in which the member owes a statement, with the duties. */
  Map<Slot, Duty> owed(State state) {
    Map<Slot, Duty> owed = new LinkedHashMap<>();
    for (Duty duty : Duties.of(state, config.identity().charter(), config.identity().member())) {
      if (duty instanceof Duty.Confirm confirm) {
        owed.putAll(receipts.owed(confirm));
        continue;
      }
      Duty possible = duty instanceof Duty.OfferKey offer ? possible(state, offer) : duty;
      owed.put(slot(state, possible), possible);
    }
    return owed;
  }

  /**
   * The slots in which the member owes a statement, whatever it says instead: what it may have said
   * if it has lost its journal. An offer for the next epoch is none of them, or it could not offer
   * a key for either; nor are receipts, which are harmless said twice.
   */
  Set<Slot> open(State state) {
    Set<Slot> open = new LinkedHashSet<>();
    for (Duty duty : Duties.of(state, config.identity().charter(), config.identity().member())) {
      if (!(duty instanceof Duty.Confirm)) {
        open.add(slot(state, duty));
      }
    }
    return open;
  }

  /** Begins, sends and gives up what the state asks for. */
  void act(State state) {
    Map<Slot, Duty> owed = owed(state);
    boolean rests = false;
    for (Map.Entry<Slot, Duty> each : owed.entrySet()) {
      if (journal.find(each.getKey()).isEmpty()) {
        boolean waits = trains(each.getValue()) && !mayTrain();
        rests |= waits;
        if (!waits) {
          begin(each.getKey(), each.getValue());
        }
      }
    }
    tellOfRest(rests);
    Set<Slot> slots = owed.keySet();
    chores.keepOnly(slots);
    voice.forget(slots);
    List<Said> wanted = new ArrayList<>(voice.unreadVotes());
    slots.forEach(slot -> voice.unread(slot).ifPresent(wanted::add));
    sender.send(wanted);
  }

  /** Whether a duty is a training or promises one. */
  private static boolean trains(Duty duty) {
    return switch (duty) {
      case Duty.Train d -> true;
      case Duty.TrainForMembers d -> true;
      case Duty.Commit d -> true;
      case Duty.Mask d -> true;
      case Duty.Found d -> false;
      case Duty.Enrol d -> false;
      case Duty.BringInitialModel d -> false;
      case Duty.Attest d -> false;
      case Duty.Nudge d -> false;
      case Duty.OfferKey d -> false;
      case Duty.SealKeys d -> false;
      case Duty.DealKey d -> false;
      case Duty.Unmask d -> false;
      case Duty.Confirm d -> false;
    };
  }

  private boolean mayTrain() {
    return config.options().policy().hours().allow(config.surroundings().clock().instant());
  }

  private void tellOfRest(boolean rests) {
    if (rests && !resting) {
      Instant now = config.surroundings().clock().instant();
      config.listener().on(new NodeEvent.Resting(config.options().policy().hours().next(now)));
    }
    resting = rests;
  }

  /** Whether everything that is owed was said and read back, or cannot be said. */
  boolean isSettled(State state) {
    return owed(state).keySet().stream()
        .allMatch(slot ->
            voice.unread(slot).isEmpty()
                && (journal.find(slot).isPresent()
                    || slot.equals(Slot.enrolment())
                    || chores.isExhausted(slot)));
  }

  private void begin(Slot slot, Duty duty) {
    Charter charter = config.identity().charter();
    switch (duty) {
      case Duty.Found found ->
          chores.consider(slot, new FoundAction(charter), waitOf(found.rank()));
      case Duty.Enrol enrol -> throw Approvals.missing(charter);
      case Duty.BringInitialModel bring -> {
        var pinned = config.options().initialModel();
        if (BringInitialModelAction.isPossible(charter, pinned)) {
          chores.consider(slot, new BringInitialModelAction(charter, pinned), waitOf(bring.rank()));
        }
      }
      case Duty.Train train ->
          chores.consider(
              slot, new TrainAction(training(train.round(), train.model())), Duration.ZERO);
      case Duty.Attest attest ->
          chores.consider(
              slot, new AttestAction(charter, config.trainer(), attest.model()), Duration.ZERO);
      case Duty.Nudge nudge -> nudge(slot, nudge);
      case Duty.OfferKey offer -> consider(slot, Optional.of(confidant.offer(offer)));
      case Duty.SealKeys seal -> consider(slot, confidant.seal(seal));
      case Duty.DealKey deal -> consider(slot, confidant.deal(deal));
      case Duty.Commit commit -> consider(slot, confidant.commit(commit));
      case Duty.Mask mask -> consider(slot, confidant.mask(mask, input(mask)));
      case Duty.Unmask unmask -> consider(slot, Optional.of(confidant.unmask(unmask)));
      case Duty.TrainForMembers train ->
          consider(slot, confidant.train(train, training(train.round(), train.model())));
      case Duty.Confirm confirm ->
          consider(slot, Optional.of(new StatementAction(() -> Receipts.receipt(confirm))));
    }
  }

  private void consider(Slot slot, Optional<Action> action) {
    action.ifPresent(possible -> chores.consider(slot, possible, Duration.ZERO));
  }

  private SlotInput input(Duty.Mask mask) {
    return new SlotInput(
        config.identity(), config.trainer(), mask.task(), mask.model(), mask.standardisation());
  }

  private RoundTraining training(RoundId round, GlobalModel model) {
    return new RoundTraining(config.identity(), config.trainer(), round, model);
  }

  /** One that comes too early by the ledger's time has no effect; the next waits longer. */
  private void nudge(Slot slot, Duty.Nudge nudge) {
    Instant now = config.surroundings().clock().instant();
    Instant due = nudge.deadline().toInstant().plus(waitOf(nudge.rank()));
    if (!nudge.deadline().equals(nudged)) {
      nudges.reset();
      nudged = nudge.deadline();
      nudgeNotBefore = due;
    }
    if (now.isAfter(due) && !now.isBefore(nudgeNotBefore)) {
      nudgeNotBefore = nudges.next(now);
      chores.consider(slot, new NudgeAction(nudge.deadline()), Duration.ZERO);
    }
  }

  /**
   * Who abstains from the offers of the present epoch, having lost its journal, offers a key for
   * the next one: else an epoch that takes all members would never begin.
   */
  private Duty.OfferKey possible(State state, Duty.OfferKey offer) {
    Optional<Signing> decided = journal.find(Slot.keyOffer(offer.epoch()));
    boolean isPresent =
        state.federation().map(Federation::phase).orElse(null) instanceof Phase.Confidential phase
            && phase.epoch().id().equals(offer.epoch());
    return isPresent && decided.orElse(null) instanceof Signing.Abstained
        ? new Duty.OfferKey(offer.epoch().next())
        : offer;
  }

  private Duration waitOf(int rank) {
    return config.options().delays().rank().multipliedBy(rank);
  }

  private Slot slot(State state, Duty duty) {
    return switch (duty) {
      case Duty.Found found -> Slot.founding();
      case Duty.Enrol enrol -> Slot.enrolment();
      case Duty.BringInitialModel bring -> Slot.initialModel();
      case Duty.Train train -> Slot.update(train.round());
      case Duty.Attest attest -> Slot.attestation(attest.model().round());
      case Duty.OfferKey offer -> Slot.keyOffer(offer.epoch());
      case Duty.SealKeys seal -> Slot.keySeal(seal.stage().candidates().epoch());
      case Duty.DealKey deal -> Slot.keyDeal(deal.roster().epoch(), deal.attempt());
      case Duty.Commit commit ->
          confidant.complains(commit)
              ? Slot.complaint(commit.roster().epoch())
              : Slot.commitment(commit.roster().epoch(), commit.slot());
      case Duty.Mask mask -> Slot.maskedUpdate(mask.plan().slot());
      case Duty.Unmask unmask -> Slot.unmasking(unmask.stage().plan().slot());
      case Duty.TrainForMembers train ->
          confidant.complains(train)
              ? Slot.complaint(train.epoch())
              : Slot.sealedUpdate(train.round(), train.key());
      case Duty.Confirm confirm -> Slot.receipt(confirm.waiting().getFirst().position());
      case Duty.Nudge nudge -> {
        Optional<Said> unread = voice.unreadNudge(nudge.deadline());
        yield unread
            .map(Said::slot)
            .orElse(Slot.nudge(nudge.deadline(), state.history().head().position().value()));
      }
    };
  }
}
