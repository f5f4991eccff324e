package org.madrigal.core.member;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.duty.Duties;
import org.madrigal.core.duty.Duty;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.Tally;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.core.state.Attachments;
import org.madrigal.core.state.Attempt;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Named;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.Stage;
import org.madrigal.core.state.State;
import org.madrigal.core.state.Verdict;

/**
 * A federation with secrecy in memory, whose members do what they owe, in turn. Some may be silent
 * or withhold one thing, what a member says may be changed before it is signed, and the history may
 * fork. For tests.
 */
public final class Circle {

  private static final int MANY = 10_000;

  private final Charter charter;
  private final Random random;
  private final SortedMap<MemberId, Seat> seats = new TreeMap<>();
  private final Set<MemberId> silent = new HashSet<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<String> rejections = new ArrayList<>();
  private final Map<AttachmentRef, Bytes> shelf = new HashMap<>();
  private BiPredicate<MemberId, Named> keeps = (member, named) -> true;
  private BiPredicate<MemberId, Duty> withheld = (member, duty) -> false;
  private UnaryOperator<Said> tampering = UnaryOperator.identity();
  private Inputs inputs;
  private Rows rows;
  private State stranger;
  private int next;
  private LedgerTime now = new LedgerTime(1_700_000_000_000L);

  /** What a member has learned in a round. */
  public interface Inputs {
    Parameters of(MemberId member, int round);
  }

  /** What a member's rows are like, and what the last model makes of them. */
  public interface Rows {
    Statistics statistics(MemberId member);

    Tally tally(MemberId member);
  }

  /** Members who have said nothing. */
  public Circle(Charter charter) {
    this(charter, 20);
  }

  /** As {@link #Circle(Charter)}, with other secrets. */
  public Circle(Charter charter, long seed) {
    this.charter = charter;
    random = new Random(seed);
    stranger = State.initial(charter.id());
    charter
        .roster()
        .forEach(each -> seats.put(each.id(), new Seat(charter, each.id(), stranger, random)));
    inputs = this::update;
    rows = new NoRows(charter);
  }

  private Circle(Circle origin) {
    charter = origin.charter;
    random = origin.random;
    stranger = origin.stranger;
    now = origin.now;
    next = origin.next;
    inputs = origin.inputs;
    rows = origin.rows;
    tampering = origin.tampering;
    withheld = origin.withheld;
    shelf.putAll(origin.shelf);
    keeps = origin.keeps;
    silent.addAll(origin.silent);
    entries.addAll(origin.entries);
    origin.seats.forEach((member, seat) -> seats.put(member, seat.onFork()));
  }

  /** Another history from here on; the members stay the same, with one set of secrets. */
  public Circle fork() {
    return new Circle(this);
  }

  // ---- what is seen -------------------------------------------------------------------------

  /** What everybody can see. */
  public State stranger() {
    return stranger;
  }

  public Phase phase() {
    return stranger.federation().orElseThrow().phase();
  }

  public Phase.Confidential confidential() {
    return (Phase.Confidential) phase();
  }

  public Stage stage() {
    return confidential().stage();
  }

  /** Whether the federation is at a stage of this kind. */
  public boolean isAt(Class<? extends Stage> kind) {
    return isFounded()
        && phase() instanceof Phase.Confidential confidential
        && kind.isInstance(confidential.stage());
  }

  private boolean isFounded() {
    return stranger.federation().isPresent();
  }

  Seat seat(MemberId member) {
    return Optional.ofNullable(seats.get(member)).orElseThrow();
  }

  /** The keys that {@code member} was given. */
  public EpochKeys keys(MemberId member) {
    return seat(member).keys;
  }

  public State state(MemberId member) {
    return seat(member).state;
  }

  /** The model that {@code member} has, if it knows one. */
  public Optional<GlobalModel> model(MemberId member) {
    ModelState model =
        switch (state(member).federation().orElseThrow().phase()) {
          case Phase.Confidential phase -> phase.model();
          case Phase.Closed phase -> phase.model();
          case Phase other -> throw new AssertionError("No model in " + other);
        };
    return model instanceof ModelState.Open open ? Optional.of(open.model()) : Optional.empty();
  }

  public EpochSecrets secrets(MemberId member, EpochId epoch) {
    return seat(member).secrets(epoch);
  }

  /** What the replay of {@code member} brought about. */
  public List<Event> events(MemberId member) {
    return seat(member).events;
  }

  /** What a stranger's replay brought about. */
  public List<Event> events() {
    return events;
  }

  /** The events of one kind in a stranger's replay. */
  public <E extends Event> List<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public List<Entry> entries() {
    return entries;
  }

  /** The reasons and details of all rejections so far. */
  public List<String> rejections() {
    return rejections;
  }

  // ---- what goes wrong ----------------------------------------------------------------------

  public Circle silence(MemberId member) {
    silent.add(member);
    return this;
  }

  public Circle wake(MemberId member) {
    silent.remove(member);
    return this;
  }

  /** Lets members leave out what they owe, from now on. */
  public Circle withhold(BiPredicate<MemberId, Duty> what) {
    withheld = what;
    return this;
  }

  /** Everybody says everything again. */
  public Circle withholdNothing() {
    return withhold((member, duty) -> false);
  }

  /** Says who gets which attachments that lie off the ledger, and so confirms them. */
  public Circle keep(BiPredicate<MemberId, Named> who) {
    keeps = who;
    return this;
  }

  /** The attachments off the ledger that anybody has. */
  public Map<AttachmentRef, Bytes> shelf() {
    return shelf;
  }

  /** Changes what members say from now on. */
  public Circle tamper(UnaryOperator<Said> how) {
    tampering = how;
    return this;
  }

  /** Lets members learn something else. */
  public Circle inputs(Inputs learned) {
    inputs = learned;
    return this;
  }

  /** Gives the members rows. */
  public Circle rows(Rows owned) {
    rows = owned;
    return this;
  }

  /** Members without rows. */
  private record NoRows(Charter charter) implements Rows {
    @Override
    public Statistics statistics(MemberId member) {
      return Statistics.none(charter.federatedTable().orElseThrow());
    }

    @Override
    public Tally tally(MemberId member) {
      return Tally.none(charter.recipe());
    }
  }

  /** The update of a member in a round: different for everybody, and exact in the ring. */
  public Parameters update(MemberId member, int round) {
    int place = charter.placeOf(member);
    return Parameters.of(place / 16f, -place / 8f, round / 32f);
  }

  // ---- what happens -------------------------------------------------------------------------

  /** Lets members act in turn until {@code done}, and time pass where nobody can. */
  public Circle until(Predicate<Circle> done) {
    for (int turn = 0; turn < MANY; turn++) {
      if (done.test(this)) {
        return this;
      }
      if (!turn()) {
        pass();
      }
    }
    throw new AssertionError(
        "It did not come about: %s; rejections %s".formatted(phase(), rejections));
  }

  /** Until a stage of this kind. */
  public Circle until(Class<? extends Stage> kind) {
    return until(circle -> circle.isAt(kind));
  }

  /** Until the training is over and all that are awake and not excluded have attested. */
  public Circle finish() {
    return until(circle -> circle.isFounded() && circle.isFinished());
  }

  private boolean isFinished() {
    Set<MemberId> expected = new HashSet<>(seats.keySet());
    expected.removeAll(silent);
    expected.removeAll(stranger.federation().orElseThrow().membership().excluded());
    expected.removeIf(member -> phase() instanceof Phase.Closed && model(member).isEmpty());
    return phase() instanceof Phase.Closed closed
        && closed.attested().keySet().containsAll(expected);
  }

  /** Somebody says what it owes; whether anybody could. */
  public boolean turn() {
    List<MemberId> order = new ArrayList<>(seats.keySet());
    Collections.rotate(order, -next);
    for (MemberId member : order) {
      if (!silent.contains(member) && turn(member)) {
        next = charter.placeOf(member) + 1;
        return true;
      }
    }
    return false;
  }

  /** This member says something that it owes; whether it could. */
  public boolean turn(MemberId member) {
    Seat seat = seat(member);
    for (Duty duty : Duties.of(seat.state, charter, member)) {
      if (withheld.test(member, duty)) {
        continue;
      }
      Optional<Said> said =
          seat.fulfil(duty, inputs.of(member, round()), rows, named -> keeps.test(member, named));
      if (said.isPresent() && seat.said.add(said.get().occasion())) {
        say(tampering.apply(said.get()));
        return true;
      }
    }
    return false;
  }

  private int round() {
    return isFounded() && phase() instanceof Phase.Confidential phase ? phase.round().value() : 0;
  }

  /** The deadline passes, and somebody says so. */
  public void pass() {
    LedgerTime deadline =
        switch (phase()) {
          case Phase.Confidential phase -> phase.stage().deadline();
          case Phase.Enrolling phase -> phase.deadline();
          case Phase other -> now;
        };
    now = deadline.isAfter(now) ? deadline.plus(Duration.ofSeconds(1)) : now;
    MemberId awake =
        seats.keySet().stream()
            .filter(member -> !silent.contains(member))
            .findFirst()
            .orElseThrow();
    say(Said.of(awake, new Statement.Nudge(deadline)));
  }

  /** Signs what is said in this history and appends it. */
  public Outcome say(Said said) {
    SignedStatement signed = sign(said);
    Optional<Attachment> offLedger =
        said.attachment().filter(data -> charter.keepsOffLedger(data.ref()));
    offLedger.ifPresent(data -> shelf.put(data.ref(), data.content()));
    return append(signed, offLedger.isPresent() ? Optional.empty() : said.attachment());
  }

  /** Signs what is said, knowing this history. */
  public SignedStatement sign(Said said) {
    return StatementCodec.sign(
        said.author(),
        new Payload(charter.id(), stranger.history().head(), said.statement()),
        Charters.key(said.author()));
  }

  /** Appends bytes as they are. */
  public Outcome append(SignedStatement signed, Optional<Attachment> attachment) {
    now = now.plus(Duration.ofMillis(1));
    Entry entry = new Entry(stranger.history().head().position(), now, signed, attachment);
    entries.add(entry);
    IdentityHashMap<State, Map<EpochKeys, Outcome>> replayed = new IdentityHashMap<>();
    Outcome outcome = Replay.apply(stranger, entry);
    stranger = outcome.state();
    events.addAll(outcome.events());
    if (outcome.verdict() instanceof Verdict.Rejected(var rejection)) {
      rejections.add(rejection.reason() + ": " + rejection.detail());
    }
    for (Seat seat : seats.values()) {
      Outcome own = replay(seat.state, entry, seat.keys, replayed);
      if (!own.verdict().equals(outcome.verdict())) {
        throw new AssertionError(
            "Verdicts differ with and without keys: %s and %s"
                .formatted(own.verdict(), outcome.verdict()));
      }
      seat.hear(own);
      seat.replayAgain(entries, this::find);
    }
    return outcome;
  }

  /** Members of equal knowledge come to equal conclusions: computed once. */
  private Outcome replay(
      State before,
      Entry entry,
      EpochKeys keys,
      IdentityHashMap<State, Map<EpochKeys, Outcome>> replayed) {
    return replayed
        .computeIfAbsent(before, any -> new HashMap<>())
        .computeIfAbsent(keys, any -> applied(before, entry, keys, this::find));
  }

  private Optional<Bytes> find(AttachmentRef ref) {
    return Optional.ofNullable(shelf.get(ref));
  }

  static Outcome applied(State before, Entry entry, EpochKeys keys, Attachments shelf) {
    return switch (Replay.attempt(before, entry, keys, shelf)) {
      case Attempt.Done(Outcome outcome) -> outcome;
      case Attempt.Wanting wanting -> throw new AssertionError("Nobody has " + wanting.missing());
    };
  }
}
