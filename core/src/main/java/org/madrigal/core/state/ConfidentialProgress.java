package org.madrigal.core.state;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Secrecy;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.state.SlotPlan.Committed;

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

  /**
   * So many slots an epoch lasts at least, unless one of them fails: who waits outside may force no
   * more.
   */
  static final int SHORTEST_EPOCH = 8;

  private final Federation federation;
  private final Phase.Confidential phase;
  private final LedgerTime now;
  private final List<Event> events;
  private final EpochKeys keys;

  private ConfidentialProgress(
      Federation federation,
      Phase.Confidential phase,
      LedgerTime now,
      EpochKeys keys,
      List<Event> events) {
    this.federation = federation;
    this.phase = phase;
    this.now = now;
    this.keys = keys;
    this.events = events;
  }

  /** Begins with the first epoch, from the initial model. */
  static Federation start(
      Federation federation, GlobalModel model, LedgerTime now, List<Event> events) {
    Phase.Confidential phase =
        new Phase.Confidential(
            new ModelState.Open(model, ServerOptimiser.start(federation.charter())),
            SlotTask.first(federation.charter()),
            Epoch.first(),
            SlotNumber.FIRST,
            new Stage.Offering(stepEnd(federation.charter(), now), new TreeMap<>()),
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
      EpochKeys keys,
      List<Event> events) {
    return new ConfidentialProgress(federation, phase, now, keys, events).advance();
  }

  private Federation advance() {
    if (Progress.possible(federation) < minimum()) {
      return Progress.halt(federation, events);
    }
    return switch (phase.stage()) {
      case Stage.Offering stage -> offering(stage);
      case Stage.Sealing stage -> sealing(stage);
      case Stage.Dealing stage -> dealing(stage);
      case Stage.Committing stage -> committing(stage);
      case Stage.Masking stage -> masking(stage);
      case Stage.Unmasking stage -> unmasking(stage);
      case Stage.Collecting stage -> collecting(stage);
    };
  }

  // ---- keys ---------------------------------------------------------------------------------

  private Federation offering(Stage.Offering stage) {
    TreeMap<MemberId, Bytes> offers = new TreeMap<>(stage.offers());
    offers.keySet().retainAll(active());
    if (!isOver(stage, active(), offers.keySet())) {
      if (!now.isAfter(stage.deadline())) {
        return federation;
      }
      if (task() instanceof SlotTask.Evaluation) {
        return giveUp("too few members offered keys");
      }
      return isEnoughForTheNext(stage) ? newEpoch(phase) : federation;
    }
    Roster candidates =
        new Roster(charter().id(), phase.epoch().id(), List.copyOf(offers.keySet()));
    return to(new Stage.Sealing(stepEnd(), offers, candidates, new TreeMap<>()));
  }

  /** Whether it takes those who offer a key for the next epoch only: they cannot for this one. */
  private boolean isEnoughForTheNext(Stage.Offering stage) {
    SortedSet<MemberId> willing = stage.willing(phase.epoch());
    willing.retainAll(active());
    return willing.size() >= minimum();
  }

  private Federation sealing(Stage.Sealing stage) {
    TreeSet<MemberId> expected = new TreeSet<>(stage.offers().keySet());
    expected.retainAll(active());
    if (expected.size() < minimum()) {
      return tryAgain(phase);
    }
    TreeSet<MemberId> sealed = new TreeSet<>(stage.seals().keySet());
    sealed.retainAll(active());
    if (!isOver(stage, expected, sealed)) {
      return now.isAfter(stage.deadline()) ? tryAgain(phase) : federation;
    }
    Roster roster = new Roster(charter().id(), phase.epoch().id(), List.copyOf(sealed));
    events.add(new Event.KeysAgreed(stage, roster, phase.slot()));
    return federation.with(
        phase.with(phase.epoch().with(roster)).with(new Stage.Dealing(stepEnd(), 0)));
  }

  private Federation dealing(Stage.Dealing stage) {
    if (present().size() < minimum() || stage.attempt() >= roster().size()) {
      return tryAgain(phase);
    }
    boolean gone = !active().contains(roster().dealer(stage.attempt()));
    return gone || now.isAfter(stage.deadline())
        ? again(to(new Stage.Dealing(stepEnd(), stage.attempt() + 1)))
        : federation;
  }

  /** The first stage with an epoch key: what the members do in every round from then on. */
  static Stage firstStage(Charter charter, int attempt, LedgerTime now) {
    return charter.rules().privacy() == Privacy.MEMBERS
        ? new Stage.Collecting(roundEnd(charter, now), attempt, SealedUpdates.NONE)
        : new Stage.Committing(stepEnd(charter, now), attempt, new TreeMap<>());
  }

  // ---- slots --------------------------------------------------------------------------------

  private Federation committing(Stage.Committing stage) {
    if (present().size() < minimum()) {
      return tryAgain(phase);
    }
    TreeMap<MemberId, Committed> given = new TreeMap<>(stage.commitments());
    given.keySet().retainAll(present());
    boolean enough = given.size() >= minimum();
    if (!enough && now.isAfter(stage.deadline())) {
      events.add(
          abandoned("only %d of %d members committed to it".formatted(given.size(), minimum())));
      return tryAgain(phase.nextSlot());
    }
    if (!isOver(stage, present(), given.keySet())) {
      return federation;
    }
    SlotPlan plan = SlotPlan.close(phase.slot(), roster(), given, secrecy().colluders());
    if (plan.committed().size() < minimum()) {
      events.add(abandoned("only %d members share masks".formatted(plan.committed().size())));
      return tryAgain(phase.nextSlot());
    }
    events.add(new Event.MaskingBegan(plan, task()));
    SlotCoding coding = SlotCoding.of(charter(), task());
    return to(
        new Stage.Masking(
            roundEnd(charter(), now),
            plan,
            SlotInputs.none(MaskedSum.empty(coding.ring(), coding.length()))));
  }

  private Federation masking(Stage.Masking stage) {
    Optional<Digest> model = stage.inputs().model();
    Optional<Digest> content = model.map(task()::content);
    TreeSet<MemberId> expected = new TreeSet<>(stage.plan().committed());
    expected.removeIf(member ->
        phase.opened().isPresent()
            && content.isPresent()
            && phase.opened().get().bars(content.get(), member));
    if (!stage.inputs().members().containsAll(expected) && !now.isAfter(stage.deadline())) {
      return federation;
    }
    SortedSet<MemberId> survivors = model.map(stage.inputs()::naming).orElseGet(TreeSet::new);
    SurvivorRules rules = new SurvivorRules(federation, phase);
    Optional<String> refusal = rules.refusal(stage.plan(), survivors, content);
    if (refusal.isPresent()) {
      events.add(abandoned(refusal.get()));
      if (rules.isHopeless(content)) {
        return giveUp(
            "members were asked for shares of a sum over %s, and no other sum may be opened beside it"
                .formatted(phase.opened().orElseThrow().survivors()));
      }
      Phase.Confidential next = phase.nextSlot();
      if (task() instanceof SlotTask.Evaluation) {
        return tryAgain(next);
      }
      return isWaitedFor(next) || isEpochOver(next)
          ? newEpoch(next)
          : commitNext(next, new TreeMap<>());
    }
    events.add(new Event.ModelAttested(phase.model().round(), model.orElseThrow(), survivors));
    Stage unmasking =
        new Stage.Unmasking(
            roundEnd(charter(), now),
            stage.plan(),
            survivors,
            model.orElseThrow(),
            stage.inputs().digest(stage.plan(), survivors),
            stage.inputs().sum(model.orElseThrow()),
            List.of(),
            new TreeMap<>());
    Subject subject = new Subject(content.orElseThrow(), survivors);
    return again(federation.with(phase.with(subject).with(unmasking)));
  }

  private Federation giveUp(String reason) {
    events.add(new Event.TaskGivenUp(task(), reason));
    return roundOver(phase.after(phase.model()), new TreeMap<>());
  }

  /**
   * An attempt has failed. The next one begins with fresh keys, but nothing hangs on an evaluation:
   * the training is over, and must not wait for who has left.
   */
  private Federation tryAgain(Phase.Confidential next) {
    return task() instanceof SlotTask.Evaluation
        ? giveUp("too few members took part to the end")
        : newEpoch(next);
  }

  private Federation unmasking(Stage.Unmasking stage) {
    Opening.Result result = Opening.of(stage, secrecy().threshold());
    return switch (result) {
      case Opening.Incomplete incomplete -> {
        boolean all = present().stream().allMatch(stage::hasReleased);
        if (!all && !now.isAfter(stage.deadline())) {
          yield federation;
        }
        events.add(abandoned(incomplete.reason()));
        yield tryAgain(phase.nextSlot());
      }
      case Opening.Guilty guilty -> {
        events.add(abandoned("%s dealt shares that open nothing".formatted(guilty.dealer())));
        Federation convicted = convict(federation, phase, guilty.dealer(), guilty.reason(), events);
        yield new ConfidentialProgress(
                convicted, (Phase.Confidential) convicted.phase(), now, keys, events)
            .commitNext(phase.nextSlot().with(guilty.dealer()), stage.next());
      }
      case Opening.Opened opened -> opened(stage, opened);
    };
  }

  private Federation opened(Stage.Unmasking stage, Opening.Opened opened) {
    TreeSet<MemberId> absent = new TreeSet<>(present());
    absent.removeAll(stage.survivors());
    events.add(
        new Event.SlotOpened(
            phase.slot(), task(), List.copyOf(stage.survivors()), List.copyOf(absent)));
    ModelState model =
        new Revelation(charter(), phase, keys, events).masked(stage, opened, List.copyOf(absent));
    return roundOver(phase.after(model), stage.next());
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

  private Event abandoned(String reason) {
    return new Event.SlotAbandoned(phase.slot(), task(), reason);
  }

  private Federation collecting(Stage.Collecting stage) {
    SortedSet<MemberId> sent = new TreeSet<>(stage.updates().models().keySet());
    if (present().size() < minimum()) {
      return newEpoch(phase);
    }
    boolean all = sent.containsAll(present());
    if (!all && !now.isAfter(stage.deadline())) {
      return federation;
    }
    if (sent.size() < minimum()) {
      events.add(
          abandoned("only %d of %d members sent their updates".formatted(sent.size(), minimum())));
      return newEpoch(phase.nextSlot());
    }
    TreeSet<MemberId> absent = new TreeSet<>(present());
    absent.removeAll(sent);
    attested(stage.updates());
    events.add(new Event.SlotOpened(phase.slot(), task(), List.copyOf(sent), List.copyOf(absent)));
    ModelState model =
        new Revelation(charter(), phase, keys, events)
            .collected(stage.updates(), List.copyOf(absent));
    return roundOver(phase.after(model), new TreeMap<>());
  }

  /** Who names a model as the one that it trained from, attests it. */
  private void attested(SealedUpdates updates) {
    TreeMap<Digest, SortedSet<MemberId>> models = new TreeMap<>();
    updates
        .models()
        .forEach(
            (member, model) -> models.computeIfAbsent(model, first -> new TreeSet<>()).add(member));
    models.forEach((model, members) -> {
      if (members.size() >= secrecy().threshold()) {
        events.add(new Event.ModelAttested(new RoundId(phase.round().value() - 1), model, members));
      }
    });
  }

  // ---- from one slot to the next ------------------------------------------------------------

  private Federation roundOver(
      Phase.Confidential after, SortedMap<MemberId, Committed> commitments) {
    if (after.round().compareTo(SlotTask.last(charter())) > 0) {
      events.add(new Event.TrainingFinished());
      return federation.with(new Phase.Closed(after.model(), phase.slot(), new TreeMap<>()));
    }
    boolean wanted = after.epoch().slots() >= SHORTEST_EPOCH && isWaitedFor(after);
    if (wanted || isEpochOver(after)) {
      return newEpoch(after);
    }
    return commitNext(after, commitments);
  }

  /** Whether a member waits for the next epoch, having offered its key. */
  private boolean isWaitedFor(Phase.Confidential next) {
    return !Collections.disjoint(next.epoch().early().keySet(), active());
  }

  private boolean isEpochOver(Phase.Confidential next) {
    return next.epoch().slots() >= secrecy().epoch();
  }

  private Federation commitNext(
      Phase.Confidential next, SortedMap<MemberId, Committed> commitments) {
    Stage stage =
        charter().rules().privacy() == Privacy.MEMBERS
            ? firstStage(charter(), -1, now)
            : new Stage.Committing(stepEnd(), -1, commitments);
    return again(federation.with(next.with(stage)));
  }

  private Federation newEpoch(Phase.Confidential last) {
    Phase.Confidential next =
        last.with(last.epoch().next()).with(new Stage.Offering(stepEnd(), last.epoch().early()));
    events.add(new Event.EpochBegan(next.epoch().id()));
    return again(federation.with(next));
  }

  private Federation to(Stage stage) {
    return again(federation.with(phase.with(stage)));
  }

  /** What was said beforehand may close the next stage at once. */
  private Federation again(Federation moved) {
    return moved.phase() instanceof Phase.Confidential next
        ? advance(moved, next, now, keys, events)
        : moved;
  }

  // ---- who and when -------------------------------------------------------------------------

  private boolean isOver(Stage stage, Set<MemberId> expected, Set<MemberId> have) {
    return have.size() >= minimum()
        && (have.containsAll(expected) || now.isAfter(stage.deadline()));
  }

  private SortedSet<MemberId> active() {
    return federation.membership().active();
  }

  /** The members of the epoch that were not excluded. */
  private SortedSet<MemberId> present() {
    TreeSet<MemberId> present = new TreeSet<>(roster().members());
    present.removeAll(federation.membership().excluded());
    return present;
  }

  private Charter charter() {
    return federation.charter();
  }

  private SlotTask task() {
    return phase.task(charter());
  }

  private Roster roster() {
    return phase.epoch().members();
  }

  private int minimum() {
    return charter().rules().minimum();
  }

  private Secrecy secrecy() {
    return charter().rules().secrecy().orElseThrow();
  }

  private LedgerTime stepEnd() {
    return stepEnd(charter(), now);
  }

  private static LedgerTime stepEnd(Charter charter, LedgerTime now) {
    return now.plus(charter.rules().secrecy().orElseThrow().step());
  }

  private static LedgerTime roundEnd(Charter charter, LedgerTime now) {
    return now.plus(charter.rules().deadlines().round());
  }
}
