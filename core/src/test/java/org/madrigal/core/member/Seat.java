package org.madrigal.core.member;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.Held;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.secagg.Thresholds;
import org.madrigal.core.state.Attachments;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.EvaluationCoding;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.MaskedCoding;
import org.madrigal.core.state.Named;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.SealedForm;
import org.madrigal.core.state.SlotCoding;
import org.madrigal.core.state.State;
import org.madrigal.core.state.StatisticsCoding;

/** One honest member of a {@link Circle}: its replay, its secrets, and what it makes of duties. */
final class Seat {

  private final Charter charter;
  private final MemberId member;
  private final Random random;
  final Map<EpochId, EpochSecrets> secrets;
  final Set<String> said;
  final List<Event> events = new ArrayList<>();
  State state;
  EpochKeys keys = EpochKeys.NONE;
  private boolean learnedPast;

  Seat(Charter charter, MemberId member, State state, Random random) {
    this(charter, member, state, random, new TreeMap<>(), new HashSet<>());
  }

  private Seat(
      Charter charter,
      MemberId member,
      State state,
      Random random,
      Map<EpochId, EpochSecrets> secrets,
      Set<String> said) {
    this.charter = charter;
    this.member = member;
    this.state = state;
    this.random = random;
    this.secrets = secrets;
    this.said = said;
  }

  /** The same member, with the same secrets and journal, on another branch of the history. */
  Seat onFork() {
    Seat other = new Seat(charter, member, state, random, secrets, said);
    other.keys = keys;
    return other;
  }

  EpochSecrets secrets(EpochId epoch) {
    return secrets.computeIfAbsent(epoch, any -> new EpochSecrets(member, epoch));
  }

  void hear(Outcome outcome) {
    state = outcome.state();
    for (Event event : outcome.events()) {
      events.add(event);
      switch (event) {
        case Event.KeysAgreed agreed -> secrets(agreed.roster().epoch()).agree(agreed);
        case Event.KeyDealt dealt ->
            secrets(dealt.roster().epoch()).read(dealt).ifPresent(this::learn);
        case Event.SlotOpened opened -> ended(opened.slot());
        case Event.SlotAbandoned abandoned -> ended(abandoned.slot());
        case Event.EpochBegan began -> {
          secrets.values().stream()
              .filter(old -> old.epoch().compareTo(began.epoch()) < 0)
              .forEach(EpochSecrets::erase);
          secrets.keySet().removeIf(epoch -> epoch.compareTo(began.epoch()) < 0);
        }
        default -> {}
      }
    }
  }

  private void learn(List<Secret> all) {
    for (Secret key : all.subList(0, all.size() - 1)) {
      learnedPast |= keys.find(EpochKeys.digestOf(key)).isEmpty();
    }
    for (Secret key : all) {
      keys = keys.with(key);
    }
  }

  /** With keys that it has replayed without until now, the member replays again, as nodes do. */
  void replayAgain(List<Entry> entries, Attachments shelf) {
    if (learnedPast) {
      learnedPast = false;
      state = State.initial(charter.id());
      for (Entry entry : entries) {
        state = Circle.applied(state, entry, keys, shelf).state();
      }
    }
  }

  private void ended(SlotNumber slot) {
    secrets.values().stream()
        .filter(EpochSecrets::hasAgreed)
        .forEach(each -> each.endedBefore(slot.next()));
  }

  /** What the member says to fulfil {@code duty}, if it can. */
  Optional<Said> fulfil(Duty duty, Parameters update, Circle.Rows rows, Predicate<Named> holds) {
    return switch (duty) {
      case Duty.Found found ->
          found.rank() == 0 ? said(new Statement.Founding(charter)) : Optional.empty();
      case Duty.Enrol enrol -> said(new Statement.Enrolment("memory"));
      case Duty.BringInitialModel bring -> {
        Attachment model =
            Attachment.of(Parameters.of(new float[charter.layout().length()]).toBytes());
        yield said(new Statement.InitialModel(model.ref()), model);
      }
      case Duty.OfferKey offer -> said(secrets(offer.epoch()).offer(random));
      case Duty.SealKeys seal ->
          secrets(seal.stage().candidates().epoch()).seal(seal.stage(), random).flatMap(this::said);
      case Duty.DealKey deal -> deal(deal);
      case Duty.Commit commit -> commit(commit);
      case Duty.Mask mask -> mask(mask, update, rows);
      case Duty.Unmask unmask -> {
        SlotNumber slot = unmask.stage().plan().slot();
        EpochSecrets own = secrets(unmask.stage().plan().roster().epoch());
        if (!own.isIn(slot)) {
          yield Optional.empty();
        }
        Statement statement = new SlotWork(own).release(unmask.stage());
        own.released(slot);
        yield said(statement);
      }
      case Duty.TrainForMembers train -> train(train, update);
      case Duty.Attest attest ->
          said(
              new Statement.Attestation(
                  attest.model().round(), attest.model().digest(), Metrics.NONE));
      case Duty.Train train -> throw new AssertionError("Nobody trains in the open here");
      case Duty.Nudge nudge -> Optional.empty();
      case Duty.Confirm confirm -> {
        List<Held> held =
            confirm.waiting().stream()
                .filter(holds)
                .sorted(Comparator.comparing(Named::position))
                .map(named -> new Held(named.position(), named.attachment().sha256()))
                .toList();
        yield held.isEmpty() ? Optional.empty() : said(new Statement.Receipt(held));
      }
    };
  }

  private Optional<Said> deal(Duty.DealKey duty) {
    List<Secret> past = duty.past().stream().map(keys::find).flatMap(Optional::stream).toList();
    EpochSecrets own = secrets(duty.roster().epoch());
    if (past.size() < duty.past().size() || !own.hasAgreed()) {
      return Optional.empty();
    }
    EpochSecrets.Dealt dealt = own.deal(duty.roster(), duty.attempt(), past, random);
    keys = keys.with(dealt.key());
    return said(dealt.deal());
  }

  private Optional<Said> commit(Duty.Commit duty) {
    EpochSecrets own = secrets(duty.roster().epoch());
    if (!own.hasAgreed()) {
      return Optional.empty();
    }
    if (keys.find(duty.key()).isEmpty()) {
      return complain(duty.hearsComplaints(), own.epoch(), duty.key());
    }
    if (own.isIn(duty.slot())) {
      return Optional.empty();
    }
    Statement statement =
        new SlotWork(own)
            .commit(duty.roster(), duty.slot(), thresholds(duty.roster().size()), random);
    own.committed(duty.slot());
    return said(statement);
  }

  private Optional<Said> complain(boolean heard, EpochId epoch, Digest key) {
    return heard ? said(new Statement.Complaint(epoch, key)) : Optional.empty();
  }

  private Optional<Said> mask(Duty.Mask duty, Parameters update, Circle.Rows rows) {
    EpochSecrets own = secrets(duty.plan().roster().epoch());
    SlotNumber slot = duty.plan().slot();
    boolean canMask = own.slot(slot).flatMap(SlotSecrets::selfSeed).isPresent();
    if (!canMask || keys.find(duty.key()).isEmpty()) {
      return Optional.empty();
    }
    SlotCoding coding = SlotCoding.of(charter, duty.task());
    RingVector encoded =
        switch (coding) {
          case MaskedCoding updates ->
              updates.encode(
                  update.toBytes(), member, figures(), duty.plan().id(), Secret.draw(32, random));
          case StatisticsCoding statistics -> statistics.encode(rows.statistics(member));
          case EvaluationCoding evaluation -> evaluation.encode(rows.tally(member));
        };
    var masked =
        new SlotWork(own)
            .mask(
                duty.plan(),
                encoded,
                coding.context(duty.plan(), duty.task(), duty.model().digest()),
                keys.find(duty.key()).orElseThrow());
    own.masked(slot);
    Attachment attachment = Attachment.of(masked.pack());
    return said(
        new Statement.MaskedUpdate(
            slot,
            duty.task().number(),
            duty.plan().digest(),
            duty.model().digest(),
            attachment.ref()),
        attachment);
  }

  private Optional<Said> train(Duty.TrainForMembers duty, Parameters update) {
    if (keys.find(duty.key()).isEmpty()) {
      return secrets(duty.epoch()).hasAgreed()
          ? complain(duty.hearsComplaints(), duty.epoch(), duty.key())
          : Optional.empty();
    }
    Secret key = keys.find(duty.key()).orElseThrow();
    Attachment attachment =
        Attachment.of(
            SealedForm.seal(
                key, charter.id(), duty.epoch(), duty.round(), member, update.toBytes()));
    return said(
        new Statement.SealedUpdate(
            duty.round(), duty.key(), duty.model().digest(), attachment.ref()),
        attachment);
  }

  private Thresholds thresholds(int size) {
    var secrecy = charter.rules().secrecy().orElseThrow();
    return new Thresholds(
        size, secrecy.colluders(), secrecy.threshold(), charter.rules().minimum());
  }

  private Metrics figures() {
    return new Metrics(
        new TreeMap<>(Map.of("test.loss", charter.placeOf(member) / 4.0, "test.samples", 10.0)));
  }

  private Optional<Said> said(Statement statement) {
    return Optional.of(Said.of(member, statement));
  }

  private Optional<Said> said(Statement statement, Attachment attachment) {
    return Optional.of(Said.of(member, statement, attachment));
  }
}
