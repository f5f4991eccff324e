package org.madrigal.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Reason;
import org.madrigal.core.state.SlotPlan;
import org.madrigal.core.state.State;
import org.madrigal.core.state.Verdict;
import org.madrigal.node.journal.Slot;

/** Watches a federation and says which promise was broken first. */
final class Monitor {

  /** For these reasons a statement of an honest member may come to nothing: it came too late. */
  private static final Set<Reason> LATE =
      EnumSet.of(
          Reason.OUT_OF_ORDER,
          Reason.EXCLUDED,
          Reason.NOT_ENROLLED,
          Reason.SECOND_STATEMENT,
          Reason.WRONG_ROUND,
          Reason.NOT_IN_COHORT,
          Reason.WRONG_SLOT,
          Reason.WRONG_DIGEST,
          Reason.FOREIGN_MODEL,
          Reason.NO_EFFECT);

  private final Scenario scenario;
  private final Trace trace;
  private final Counts counts;
  private final Knowledge knowledge;
  private final List<Observer> observers = new ArrayList<>();
  private final Map<MemberId, Map<Slot, Digest>> spoken = new TreeMap<>();
  private final Map<MemberId, Set<Digest>> sent = new TreeMap<>();
  private final Map<MemberId, Set<Digest>> promised = new TreeMap<>();
  private final Set<MemberId> forgetful = new TreeSet<>();
  private final Map<String, Digest> models = new HashMap<>();
  private final Set<String> discarded = new HashSet<>();
  private Optional<String> violation = Optional.empty();

  Monitor(Scenario scenario, Trace trace, Counts counts) {
    this.scenario = scenario;
    this.trace = trace;
    this.counts = counts;
    knowledge = new Knowledge(scenario.charter());
    observers.add(new Observer(State.initial(scenario.charter().id())));
  }

  /** The first promise that was broken, if any. */
  Optional<String> violation() {
    return violation;
  }

  /** A promise was broken. */
  void violated(Object who, String what) {
    if (violation.isEmpty()) {
      violation = Optional.of(who + ": " + what);
      trace.note(who, "VIOLATION " + what);
    }
  }

  /** Who watches a history. */
  Observer observer(Branch branch) {
    return observers.get(branch.number());
  }

  /** All who watch. */
  List<Observer> observers() {
    return observers;
  }

  /** What left the nodes. */
  Knowledge knowledge() {
    return knowledge;
  }

  /** The ledger shows a second history from now on. */
  void forked() {
    observers.add(observers.getFirst().fork());
  }

  // ---- what is heard ----------------------------------------------------------------------------

  /** An entry is final. */
  void finalised(Branch branch, Entry entry) {
    Outcome outcome = observer(branch).hear(entry);
    String verdict =
        switch (outcome.verdict()) {
          case Verdict.Applied applied -> "counts";
          case Verdict.Rejected rejected ->
              rejected.rejection().reason() + " (" + rejected.rejection().detail() + ")";
        };
    trace.note(
        branch.number() == 0 ? "ledger" : "ledger'",
        "%s %s %s".formatted(entry.position(), describe(outcome.envelope()), verdict));
    outcome.envelope().ifPresent(envelope -> checkRejection(branch, entry, envelope, outcome));
    for (Event event : outcome.events()) {
      trace.note(branch.number() == 0 ? "ledger" : "ledger'", "* " + describe(event));
      checkEvent(event);
    }
  }

  private static String describe(Optional<Envelope> envelope) {
    return envelope
        .map(said ->
            said.author()
                + " "
                + Slot.of(said.payload().statement(), said.payload().seen().position().value()))
        .orElse("no statement");
  }

  private static String describe(Event event) {
    return switch (event) {
      case Event.RoundOpened e -> "round %s opens for %s".formatted(e.round(), e.cohort());
      case Event.RoundClosed e -> "round closes with %s".formatted(e.contributors());
      case Event.MaskingBegan e -> "masking of %s".formatted(e.plan());
      case Event.SlotOpened e -> "slot %s opens with %s".formatted(e.slot(), e.contributors());
      case Event.SlotAbandoned e -> "slot %s is given up: %s".formatted(e.slot(), e.reason());
      case Event.KeysAgreed e -> "keys agreed by %s".formatted(e.roster().members());
      case Event.MemberConvicted e -> "%s is convicted: %s".formatted(e.member(), e.reason());
      case Event.MemberExcluded e -> "%s is excluded".formatted(e.member());
      case Event.EpochBegan e -> "epoch %s begins".formatted(e.epoch());
      case Event other -> other.getClass().getSimpleName();
    };
  }

  private void checkRejection(Branch branch, Entry entry, Envelope envelope, Outcome outcome) {
    boolean own =
        Optional.ofNullable(sent.get(envelope.author()))
            .filter(known -> known.contains(entry.statement().digest()))
            .isPresent();
    if (own
        && outcome.verdict() instanceof Verdict.Rejected rejected
        && !LATE.contains(rejected.rejection().reason())
        && !(branchesAreTwo() && rejected.rejection().reason() == Reason.FOREIGN_SEEN)) {
      violated(
          envelope.author(),
          "an honest statement is refused at %s of history %d: %s, %s"
              .formatted(
                  entry.position(),
                  branch.number(),
                  rejected.rejection().reason(),
                  rejected.rejection().detail()));
    }
  }

  private boolean branchesAreTwo() {
    return observers.size() > 1;
  }

  private void checkEvent(Event event) {
    switch (event) {
      case Event.MemberConvicted e -> {
        counts.count("conviction");
        if (scenario.isHonest(e.member())) {
          violated(e.member(), "an honest member is convicted: " + e.reason());
        }
      }
      case Event.MemberExcluded e -> {
        if (scenario.isHonest(e.member())) {
          violated(e.member(), "an honest member is excluded");
        }
      }
      case Event.SlotAbandoned e -> counts.count("slot given up");
      case Event.SlotOpened e -> leftOut(e.absent());
      case Event.RoundClosed e -> leftOut(e.absent());
      default -> {}
    }
  }

  private void leftOut(List<MemberId> absent) {
    absent.forEach(member -> counts.count("member left out of a round"));
  }

  /** Something leaves an honest node for the ledger; gives what it says, the first time. */
  Optional<Statement> said(MemberId member, SignedStatement statement) {
    promised.computeIfAbsent(member, any -> new HashSet<>()).add(statement.digest());
    if (!sent.computeIfAbsent(member, any -> new HashSet<>()).add(statement.digest())) {
      return Optional.empty();
    }
    if (!(StatementCodec.decode(statement)
        instanceof Decoding.Decoded<Envelope>(Envelope envelope))) {
      violated(member, "it says what nobody can read");
      return Optional.empty();
    }
    Statement said = envelope.payload().statement();
    Slot slot = Slot.of(said, envelope.payload().seen().position().value());
    trace.note(member, "says " + slot);
    Digest first =
        spoken
            .computeIfAbsent(member, any -> new HashMap<>())
            .putIfAbsent(slot, statement.digest());
    if (first != null && !first.equals(statement.digest()) && !isHarmless(member, said)) {
      violated(member, "it signs two statements for " + slot);
    }
    switch (said) {
      case Statement.MaskedUpdate update ->
          plan(update.commitments())
              .ifPresentOrElse(
                  plan -> knowledge.masked(member, update, plan),
                  () -> violated(member, "it masks for a slot that nobody knows"));
      case Statement.Unmasking unmasking -> released(member, unmasking);
      default -> {}
    }
    return Optional.of(said);
  }

  /**
   * Who loses its journal twice while a key offer is on its way may make another one: only the
   * first counts, and nothing but that hangs on it. Who loses it before the initial model is there
   * brings it again, and both say the same.
   */
  private boolean isHarmless(MemberId member, Statement said) {
    Optional<String> harmless =
        switch (said) {
          case Statement.KeyOffer offer -> Optional.of("key offer");
          case Statement.InitialModel initial
              when initial.model().sha256().equals(scenario.charter().initialDigest()) ->
              Optional.of("initial model");
          default -> Optional.empty();
        };
    if (harmless.isEmpty() || !forgetful.contains(member)) {
      return false;
    }
    counts.count("second %s after a lost journal".formatted(harmless.get()));
    return true;
  }

  private void released(MemberId member, Statement.Unmasking unmasking) {
    for (Observer observer : observers) {
      for (SlotPlan plan : observer.plans()) {
        if (plan.slot().equals(unmasking.slot())) {
          knowledge
              .released(member, unmasking, plan)
              .ifPresent(
                  dealer -> violated(member, "it releases both kinds of shares of " + dealer));
        }
      }
    }
  }

  private Optional<SlotPlan> plan(Digest digest) {
    return observers.stream()
        .map(observer -> observer.plan(digest))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** An honest node has judged an entry. */
  void judged(MemberId member, Branch branch, Entry entry, Outcome outcome) {
    long position = entry.position().value();
    Observer observer = observer(branch);
    if (position >= observer.length()) {
      violated(member, "it judges entry %d, which is not final".formatted(position));
      return;
    }
    Observer.Seen expected = observer.at(position);
    if (!expected.head().equals(outcome.state().history().head())) {
      violated(member, "it has another history at " + position);
    } else if (!expected.verdict().equals(outcome.verdict())) {
      violated(
          member,
          "it judges entry %d %s, others %s"
              .formatted(position, outcome.verdict(), expected.verdict()));
    } else if (!expected.standing().equals(Observer.standing(outcome.state()))) {
      violated(
          member,
          "it stands at %s after entry %d, others at %s"
              .formatted(Observer.standing(outcome.state()), position, expected.standing()));
    }
    for (Event event : outcome.events()) {
      if (event instanceof Event.RoundClosed closed) {
        agree(member, branch, closed.model().round().toString(), closed.model().digest());
      } else if (event instanceof Event.RoundDiscarded lost
          && discarded.add(branch.number() + "/" + lost.round())) {
        counts.count("round discarded");
      }
    }
  }

  private void agree(MemberId member, Branch branch, String round, Digest model) {
    Digest first = models.putIfAbsent(branch.number() + "/" + round, model);
    if (first != null && !first.equals(model)) {
      violated(member, "it has another model of round " + round);
    }
  }

  /** How many rounds gave a model to somebody. */
  int rounds() {
    return models.size();
  }

  /** A member's folder is gone or older than it was: what it had sent may be missing there. */
  void forgets(MemberId member) {
    promised.remove(member);
    forgetful.add(member);
  }

  /** What the journal of a member holds when it starts: all that ever left the node. */
  void remembered(MemberId member, Set<Digest> journal) {
    if (!journal.containsAll(promised.getOrDefault(member, Set.of()))) {
      violated(member, "its journal lacks what it has said");
    }
  }
}
