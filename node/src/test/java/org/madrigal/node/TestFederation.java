package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.core.state.Attempt;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;
import org.madrigal.ledger.MemoryLedger;
import org.madrigal.ledger.Peers;
import org.madrigal.ledger.TestClock;
import org.madrigal.node.journal.Slot;
import org.madrigal.trainer.FakeTrainer;
import org.madrigal.trainer.Trainer;

/** Real nodes on one ledger in one thread, on a clock that only moves when they have turned. */
final class TestFederation {

  static final Delays DELAYS =
      new Delays(
          Duration.ofSeconds(3),
          Duration.ZERO,
          Duration.ofMillis(1),
          Duration.ofSeconds(20),
          Duration.ofSeconds(2),
          Duration.ofMinutes(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ZERO);

  private static final int MAX_TURNS = 20_000;

  final Charter charter;
  final TestClock clock = TestClock.of2026();
  final MemoryLedger ledger = new MemoryLedger(clock);
  final List<Seat> seats = new ArrayList<>();

  /** Who gives which attachments to whom. */
  SeatPeers.Way way = (from, to, attachment) -> true;

  private State state;
  private int heard;
  private int quietTurns;

  /** A federation whose members have approved the charter; no node runs yet. */
  TestFederation(Charter charter, IntFunction<Trainer> trainers) {
    this.charter = charter;
    state = State.initial(charter.id());
    for (int place = 0; place < charter.roster().size(); place++) {
      seats.add(new Seat(charter, place, ledger, clock, trainers.apply(place), this::peers));
    }
    seats.forEach(Seat::approve);
  }

  /** Each member's training gives the vector of the worked example, whatever the round. */
  static TestFederation workedExample(Charter charter) {
    return new TestFederation(charter, place -> fixed(charter, place));
  }

  private Peers peers(MemberId member) {
    return new SeatPeers(member, seats, (from, to, attachment) -> way.isOpen(from, to, attachment));
  }

  static Trainer fixed(Charter charter, int place) {
    float first = (place + 1) / 10f;
    float[] trained = new float[charter.layout().length()];
    for (int i = 0; i < trained.length; i++) {
      trained[i] = first + i * 0.1f;
    }
    return new FakeTrainer(charter.layout(), 10, List.of(Parameters.takeOver(trained)));
  }

  TestFederation startAll() {
    seats.forEach(Seat::start);
    return this;
  }

  Seat seat(int place) {
    return seats.get(place);
  }

  /** One turn of every node; then a little time passes, and more where nothing is said. */
  void turn() {
    seats.forEach(Seat::turn);
    int length = entries().size();
    quietTurns = length == heard ? quietTurns + 1 : 0;
    heard = length;
    clock.advance(Duration.ofMillis(quietTurns > 20 ? 1000 : 50));
  }

  /** Turns until {@code condition} holds. */
  void turnUntil(BooleanSupplier condition) {
    for (int turns = 0; !condition.getAsBoolean(); turns++) {
      assertThat(turns)
          .withFailMessage(() -> "Nothing more happens: " + describe())
          .isLessThan(MAX_TURNS);
      turn();
    }
  }

  /** Turns until no node runs. */
  void turnToTheEnd() {
    turnUntil(() -> seats.stream().noneMatch(Seat::isRunning));
  }

  /** Turns for {@code time} of the clock. */
  void turnFor(Duration time) {
    long end = clock.instant().plus(time).toEpochMilli();
    turnUntil(() -> clock.instant().toEpochMilli() >= end);
  }

  List<Entry> entries() {
    try {
      return ledger.read(Position.FIRST, Integer.MAX_VALUE, Duration.ZERO);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What the ledger means. */
  State replay() {
    List<Entry> entries = entries();
    int known = (int) state.history().head().position().value();
    for (Entry entry : entries.subList(known, entries.size())) {
      state = apply(state, entry).state();
    }
    return state;
  }

  /** As a stranger sees it who can have every attachment. */
  private Outcome apply(State before, Entry entry) {
    return switch (Replay.attempt(before, entry, EpochKeys.NONE, this::find)) {
      case Attempt.Done(Outcome outcome) -> outcome;
      case Attempt.Wanting wanting -> throw new AssertionError("Nobody has " + wanting.missing());
    };
  }

  private Optional<Bytes> find(AttachmentRef attachment) {
    return seats.stream().flatMap(seat -> seat.shelf().find(attachment).stream()).findFirst();
  }

  Phase phase() {
    return replay().federation().orElseThrow().phase();
  }

  /** Whether round {@code number} is open. */
  boolean inRound(int number) {
    return replay()
        .federation()
        .map(federation -> federation.phase())
        .map(phase ->
            phase instanceof Phase.Training training
                ? training.open().round().value() == number
                : phase instanceof Phase.Confidential masked && masked.round().value() == number)
        .orElse(false);
  }

  /** The final model, which every node that finished has. */
  Digest finalModel() {
    Digest model =
        phase() instanceof Phase.Finished finished
            ? finished.model().digest()
            : attested((Phase.Closed) phase());
    for (Seat seat : seats) {
      seat.ending.ifPresent(ending -> {
        if (ending instanceof Ending.Finished finished) {
          assertThat(finished.model().digest()).isEqualTo(model);
        }
      });
    }
    return model;
  }

  /** The model that all who attested the last one named. */
  private static Digest attested(Phase.Closed phase) {
    HashSet<Digest> named = new HashSet<>(phase.attested().values());
    assertThat(named).hasSize(1);
    return named.iterator().next();
  }

  /** Nobody signed two statements for one slot. */
  void assertOneStatementForEachSlot() {
    Map<String, Digest> first = new HashMap<>();
    for (Entry entry : entries()) {
      Envelope envelope = decode(entry);
      Slot slot =
          Slot.of(envelope.payload().statement(), envelope.payload().seen().position().value());
      String key = "%s %d %s".formatted(envelope.author(), slot.kind(), slot.target());
      Digest before = first.putIfAbsent(key, entry.statement().digest());
      assertThat(Optional.ofNullable(before).orElse(entry.statement().digest()))
          .as("%s of %s", slot, envelope.author())
          .isEqualTo(entry.statement().digest());
    }
  }

  static Envelope decode(Entry entry) {
    return switch (StatementCodec.decode(entry.statement())) {
      case Decoding.Decoded<Envelope>(Envelope envelope) -> envelope;
      case Decoding.Malformed<Envelope>(String reason) -> throw new AssertionError(reason);
    };
  }

  /** The statements of {@code member} of the class {@code kind}, in order. */
  <T> List<T> statements(MemberId member, Class<T> kind) {
    return entries().stream()
        .map(TestFederation::decode)
        .filter(envelope -> envelope.author().equals(member))
        .map(envelope -> envelope.payload().statement())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** What the entries brought about of the class {@code kind}, as everybody can see it. */
  <T extends Event> List<T> events(Class<T> kind) {
    List<T> events = new ArrayList<>();
    State replayed = State.initial(charter.id());
    for (Entry entry : entries()) {
      Outcome outcome = apply(replayed, entry);
      outcome.events().stream().filter(kind::isInstance).map(kind::cast).forEach(events::add);
      replayed = outcome.state();
    }
    return events;
  }

  private String describe() {
    StringBuilder text = new StringBuilder();
    List<Event.SlotAbandoned> abandoned = events(Event.SlotAbandoned.class);
    if (!abandoned.isEmpty()) {
      text.append(
          "abandoned %d times, first %s, last %s; "
              .formatted(abandoned.size(), abandoned.getFirst(), abandoned.getLast()));
    }
    for (Seat seat : seats) {
      text.append(
          "%s %s %s; "
              .formatted(seat.member, seat.isRunning() ? "runs" : seat.ending, seat.troubles()));
    }
    return text.append(replay().federation().map(federation -> federation.phase())).toString();
  }
}
