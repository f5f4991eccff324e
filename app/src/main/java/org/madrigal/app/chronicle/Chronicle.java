package org.madrigal.app.chronicle;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.view.Kinds;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Reason;
import org.madrigal.core.state.State;
import org.madrigal.core.state.Verdict;

/**
 * Writes down what a replay hears, entry by entry. One thread writes; any thread reads {@link #now}
 * without waiting, for a snapshot shares nothing that changes.
 *
 * <p>A replay that begins again, with keys that it lacked before, is written down anew; readers see
 * the old snapshot until the new one has come as far.
 */
public final class Chronicle {

  /** The most sentences of statements that are kept. */
  private static final int NOTES = 10_000;

  private final FederationId federation;
  private final Runnable published;
  private volatile Snapshot snapshot;

  private GrowingList<Line> lines = new GrowingList<>();
  private Rounds rounds = new Rounds();
  private Roll roll = new Roll();
  private Amounts bytes = Amounts.zero(0);
  private State state;
  private ReplayVerdict verdict = new ReplayVerdict.Reading();
  private boolean computed = true;
  private int notes;

  /**
   * A chronicle without entries.
   *
   * @param federation whose ledger it is
   * @param published is run after each entry, on the thread that writes; it must not block
   */
  public Chronicle(FederationId federation, Runnable published) {
    this.federation = federation;
    this.published = published;
    this.state = State.initial(federation);
    this.snapshot = moment();
  }

  /** Everything that was heard so far. Any thread. */
  public Snapshot now() {
    return snapshot;
  }

  /** Hears the next entry. */
  public void hear(Entry entry, Outcome outcome) {
    if (entry.position().equals(Position.FIRST)) {
      forget();
    }
    State before = state;
    state = outcome.state();
    computed &= Working.isComputed(state);
    if (!roll.isKnown()) {
      state.federation().ifPresent(founded -> learn(founded.charter()));
    }
    write(before, entry, outcome);
    publish();
  }

  /** Everything that there was has been read, and is sound. */
  public void reachedEnd() {
    if (verdict instanceof ReplayVerdict.Reading) {
      verdict = new ReplayVerdict.Sound();
      publish();
    }
  }

  /** The ledger is not what its history says. */
  public void broken(Position first, String reason) {
    verdict = new ReplayVerdict.Broken(first, reason);
    snapshot = snapshot.with(verdict);
    published.run();
  }

  /** What was heard is not to be believed: the next entry is the first, and readers see nothing. */
  public void startAgain() {
    forget();
    snapshot = moment();
    published.run();
  }

  private void forget() {
    lines = new GrowingList<>();
    rounds = new Rounds();
    roll = new Roll();
    bytes = Amounts.zero(0);
    state = State.initial(federation);
    computed = true;
    notes = 0;
  }

  private void learn(Charter charter) {
    roll.learn(charter);
    bytes = bytes.widened(roll.size());
    rounds.learn(charter);
  }

  private void write(State before, Entry entry, Outcome outcome) {
    Place at = Place.of(entry);
    Optional<Statement> said = outcome.envelope().map(envelope -> envelope.payload().statement());
    boolean counts = outcome.verdict() instanceof Verdict.Applied;
    OptionalInt named =
        said.flatMap(Kinds::round)
            .map(RoundId::value)
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty());
    Line line = line(before, entry, outcome, named);
    MemberId author = line.author().orElse(null);
    int place = roll.placeOf(author);
    lines.add(line);
    bytes = bytes.plus(place, line.bytes());
    roll.change(author, story -> story.spoke(at, line.bytes(), counts));
    OptionalInt now = Working.round(state);
    boolean ofNext = counts && now.isPresent() && named.equals(now);
    rounds.begin(at, roll.size());
    if (!(ofNext && now.getAsInt() > rounds.current().number())) {
      rounds.current().count(at, place, line);
    }
    outcome.events().forEach(event -> happened(event, at));
    Working.slot(before).ifPresent(slot -> rounds.current().at(slot));
    int counted = rounds.current().number();
    now.ifPresent(number -> rounds.goOnTo(number, at));
    if (ofNext && rounds.current().number() > counted) {
      rounds.current().count(at, place, line);
    }
    Working.slot(state).ifPresent(slot -> rounds.current().at(slot));
    if (counts && author != null) {
      said.ifPresent(statement -> counted(author, line, statement, entry));
    }
    rounds.save();
  }

  private Line line(State before, Entry entry, Outcome outcome, OptionalInt named) {
    Optional<Statement> said = outcome.envelope().map(envelope -> envelope.payload().statement());
    OptionalInt slot = said.map(Working::slot).orElse(OptionalInt.empty());
    Reason reason = null;
    String note = null;
    if (outcome.verdict() instanceof Verdict.Rejected(var rejection)) {
      reason = rejection.reason();
      note = kept(rejection.detail());
    } else if (said.isPresent() && said.get() instanceof Statement.Vote vote) {
      note = kept(Kinds.words(vote));
    }
    long length =
        entry.statement().bytes().length()
            + entry.attachment().map(Attachment::ref).map(ref -> ref.length()).orElse(0L);
    return new Line(
        Place.of(entry),
        outcome.envelope().map(Envelope::author).map(roll::interned).orElse(null),
        said.map(Kinds::name).orElse(Kinds.UNREADABLE),
        new Line.Belonging(
            named.isPresent() ? named : rounds.number(),
            slot.isPresent() ? slot : Working.slot(before)),
        length,
        reason,
        note);
  }

  private @Nullable String kept(String sentence) {
    return notes++ < NOTES ? sentence : null;
  }

  /** A statement that counts tells more than its line keeps. */
  private void counted(MemberId author, Line line, Statement statement, Entry entry) {
    if (line.round().equals(rounds.number())) {
      rounds.current().sample(UpdateSample.of(author, line.kind(), statement, entry));
    }
    switch (statement) {
      case Statement.Enrolment s ->
          roll.change(author, story -> story.enrolled(Place.of(entry), s.ledger()));
      case Statement.Update s -> rounds.measured(author, s.round(), s.model(), s.metrics());
      case Statement.Attestation s ->
          rounds.measured(author, s.round().next(), s.model(), s.metrics());
      case Statement.Founding s -> {}
      case Statement.InitialModel s -> {}
      case Statement.Vote s -> {}
      case Statement.Nudge s -> {}
      case Statement.KeyOffer s -> {}
      case Statement.KeySeal s -> {}
      case Statement.KeyDeal s -> {}
      case Statement.Complaint s -> {}
      case Statement.Commitment s -> {}
      case Statement.MaskedUpdate s -> {}
      case Statement.Unmasking s -> {}
      case Statement.SealedUpdate s -> {}
      case Statement.Receipt s -> {}
    }
  }

  private void happened(Event event, Place at) {
    Remarks.of(event).ifPresent(words -> rounds.current().remark(at, words));
    Happenings.of(event, at, rounds, roll);
  }

  private void publish() {
    Snapshot next = moment();
    if (next.size() >= snapshot.size()) {
      snapshot = next;
    }
    published.run();
  }

  private Snapshot moment() {
    return new Snapshot(
        state, lines.view(), rounds.view(), roll.stories(), bytes, computed, verdict);
  }
}
