package org.madrigal.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.member.EpochSecrets;
import org.madrigal.core.member.SlotWork;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.Secrecy;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.secagg.Thresholds;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.State;
import org.madrigal.node.journal.Signing;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.journal.Slot;
import org.madrigal.node.vault.Vault;

/**
 * Does with a member's secrets what it owes in a federation with secrecy. Secrets are durable
 * before a statement that was made from them is signed, and erased from the disk as soon as the
 * statement is durable. Confined to the owner thread, but for the training that {@link MaskAction}
 * does.
 */
final class Confidant {

  private final NodeConfig config;
  private final Vault vault;
  private boolean learnedPast;

  Confidant(NodeConfig config, Vault vault) {
    this.config = config;
    this.vault = vault;
  }

  /** The epoch keys that the member has been given. */
  EpochKeys keys() {
    return vault.keys();
  }

  /**
   * The journal was lost or is old, and so may the secrets be: they are erased, and the member
   * takes part again from the next epoch on. Epoch keys stay.
   */
  void rejoin() {
    vault.forgetEpochs();
  }

  /** Hears what an entry brought about; after a restart everything is heard again. */
  void hear(List<Event> events) {
    for (Event event : events) {
      if (event instanceof Event.EpochBegan began) {
        vault.forgetBefore(began.epoch());
      } else if (event instanceof Event.KeysAgreed agreed) {
        agree(agreed);
      } else if (event instanceof Event.KeyDealt dealt) {
        read(dealt);
      } else if (event instanceof Event.SlotOpened opened) {
        change(secrets -> secrets.endedBefore(opened.slot().next()));
      } else if (event instanceof Event.SlotAbandoned abandoned) {
        change(secrets -> secrets.endedBefore(abandoned.slot().next()));
      } else if (event instanceof Event.TrainingFinished
          || event instanceof Event.FederationHalted) {
        vault.forgetEpochs();
      }
    }
  }

  private void agree(Event.KeysAgreed agreed) {
    Optional<EpochSecrets> secrets =
        vault.find(agreed.roster().epoch()).filter(found -> !found.hasAgreed());
    if (secrets.isPresent()) {
      secrets.get().agree(agreed);
      vault.store(secrets.get());
    }
  }

  private void read(Event.KeyDealt dealt) {
    if (vault.keys().find(dealt.deal().key()).isPresent()) {
      return;
    }
    Optional<List<Secret>> all =
        vault.find(dealt.roster().epoch()).flatMap(secrets -> secrets.read(dealt));
    for (Secret key : all.orElse(List.of())) {
      boolean past = !EpochKeys.digestOf(key).equals(dealt.deal().key());
      learnedPast |= past && vault.keys().find(EpochKeys.digestOf(key)).isEmpty();
      vault.keep(key);
    }
  }

  /**
   * Whether the member was given keys of epochs that it has replayed without them, since this was
   * asked last: it must replay again.
   */
  boolean learnedPast() {
    boolean learned = learnedPast;
    learnedPast = false;
    return learned;
  }

  /** A statement is durable: what only served to make it is erased. */
  void said(Statement statement) {
    if (statement instanceof Statement.Commitment commitment) {
      change(secrets -> secrets.committed(commitment.slot()));
    } else if (statement instanceof Statement.MaskedUpdate update) {
      change(secrets -> secrets.masked(update.slot()));
    } else if (statement instanceof Statement.Unmasking unmasking) {
      change(secrets -> secrets.released(unmasking.slot()));
    }
  }

  /**
   * Everything was heard that was on the ledger at the start. Erases what a crash came between, and
   * secrets that are older than the journal, as a copy put back is: their chains stand before slots
   * in which the member committed itself already.
   *
   * @return the epochs whose secrets were too old
   */
  List<EpochId> caughtUp(SigningJournal journal, State state) {
    List<EpochId> old = new ArrayList<>();
    for (EpochSecrets secrets : vault.all()) {
      if (isOlderThan(journal, state, secrets)) {
        vault.forget(secrets.epoch());
        old.add(secrets.epoch());
      } else if (sweep(journal, secrets)) {
        vault.store(secrets);
      }
    }
    return List.copyOf(old);
  }

  private static boolean isOlderThan(SigningJournal journal, State state, EpochSecrets secrets) {
    if (secrets.next().isEmpty()
        || !(state.federation().map(Federation::phase).orElse(null)
            instanceof Phase.Confidential phase)) {
      return false;
    }
    SlotNumber end = phase.slot().next();
    for (SlotNumber slot = secrets.next().get(); slot.compareTo(end) <= 0; slot = slot.next()) {
      if (isSaid(journal, Slot.commitment(secrets.epoch(), slot))) {
        return true;
      }
    }
    return false;
  }

  private static boolean sweep(SigningJournal journal, EpochSecrets secrets) {
    boolean any = false;
    for (SlotNumber slot : secrets.slots()) {
      any |= isSaid(journal, Slot.commitment(secrets.epoch(), slot)) && secrets.committed(slot);
      any |= isSaid(journal, Slot.maskedUpdate(slot)) && secrets.masked(slot);
      any |= isSaid(journal, Slot.unmasking(slot)) && secrets.released(slot);
    }
    return any;
  }

  private static boolean isSaid(SigningJournal journal, Slot slot) {
    return journal.find(slot).filter(Signing.Said.class::isInstance).isPresent();
  }

  private void change(Predicate<EpochSecrets> change) {
    for (EpochSecrets secrets : vault.all()) {
      if (change.test(secrets)) {
        vault.store(secrets);
      }
    }
  }

  // ---- what the member owes; empty where it lacks the secrets for it ------------------------

  Action offer(Duty.OfferKey duty) {
    return durable(vault.of(duty.epoch()), secrets -> secrets.offer(random()));
  }

  Optional<Action> seal(Duty.SealKeys duty) {
    return vault
        .find(duty.stage().candidates().epoch())
        .filter(secrets -> secrets.hasOffered(duty.stage()))
        .map(secrets -> durable(secrets, own -> own.seal(duty.stage(), random()).orElseThrow()));
  }

  /** Who lacks a key of an epoch before leaves dealing to the next member. */
  Optional<Action> deal(Duty.DealKey duty) {
    List<Secret> past =
        duty.past().stream().map(vault.keys()::find).flatMap(Optional::stream).toList();
    return agreed(duty.roster().epoch())
        .filter(secrets -> past.size() == duty.past().size())
        .map(secrets ->
            new StatementAction(() -> {
              EpochSecrets.Dealt dealt =
                  secrets.deal(duty.roster(), duty.attempt(), past, random());
              vault.keep(dealt.key());
              return dealt.deal();
            }));
  }

  /** Whether the member must complain instead of committing itself. */
  boolean complains(Duty.Commit duty) {
    return duty.hearsComplaints() && complains(duty.roster().epoch(), duty.key());
  }

  /** Whether the member must complain instead of training. */
  boolean complains(Duty.TrainForMembers duty) {
    return duty.hearsComplaints() && complains(duty.epoch(), duty.key());
  }

  private boolean complains(EpochId epoch, Digest key) {
    return agreed(epoch).isPresent() && vault.keys().find(key).isEmpty();
  }

  Optional<Action> commit(Duty.Commit duty) {
    EpochId epoch = duty.roster().epoch();
    if (complains(duty)) {
      return Optional.of(new StatementAction(() -> new Statement.Complaint(epoch, duty.key())));
    }
    return vault.keys().find(duty.key()).isEmpty()
        ? Optional.empty()
        : agreed(epoch)
            .map(secrets ->
                durable(
                    secrets,
                    own ->
                        new SlotWork(own)
                            .commit(
                                duty.roster(),
                                duty.slot(),
                                thresholds(duty.roster().size()),
                                random())));
  }

  Optional<Action> mask(Duty.Mask duty, SlotInput input) {
    return vault
        .keys()
        .find(duty.key())
        .flatMap(key ->
            inSlot(duty.plan().roster().epoch(), duty.plan().slot())
                .map(secrets ->
                    new MaskAction(input, duty.plan(), new SlotWork(secrets), key, random())));
  }

  /** Who lost the secrets of the slot says so. */
  Action unmask(Duty.Unmask duty) {
    return inSlot(duty.stage().plan().roster().epoch(), duty.stage().plan().slot())
        .map(secrets -> new StatementAction(() -> new SlotWork(secrets).release(duty.stage())))
        .orElseGet(() -> new StatementAction(() -> SlotWork.nothing(duty.stage())));
  }

  Optional<Action> train(Duty.TrainForMembers duty, RoundTraining training) {
    if (complains(duty)) {
      return Optional.of(
          new StatementAction(() -> new Statement.Complaint(duty.epoch(), duty.key())));
    }
    return vault
        .keys()
        .find(duty.key())
        .map(key -> new SealedTrainAction(training, duty.epoch(), key));
  }

  private Optional<EpochSecrets> agreed(EpochId epoch) {
    return vault.find(epoch).filter(EpochSecrets::hasAgreed);
  }

  private Optional<EpochSecrets> inSlot(EpochId epoch, SlotNumber slot) {
    return agreed(epoch).filter(secrets -> secrets.isIn(slot));
  }

  /** A statement that leaves only after the secrets behind it are durable. */
  private Action durable(EpochSecrets secrets, Function<EpochSecrets, Statement> how) {
    return new StatementAction(() -> {
      Statement statement = how.apply(secrets);
      vault.store(secrets);
      return statement;
    });
  }

  private Thresholds thresholds(int members) {
    Rules rules = config.identity().charter().rules();
    Secrecy secrecy = rules.secrecy().orElseThrow();
    return new Thresholds(members, secrecy.colluders(), secrecy.threshold(), rules.minimum());
  }

  private RandomGenerator random() {
    return config.surroundings().secrets();
  }
}
