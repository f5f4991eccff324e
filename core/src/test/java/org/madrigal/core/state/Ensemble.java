package org.madrigal.core.state;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.AttachmentRef;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Claims;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;

/** Members who write to a history by hand, and the state that it gives. For tests. */
public final class Ensemble {

  private final Charter charter;
  private final List<Entry> entries = new ArrayList<>();
  private State state;
  private final Map<AttachmentRef, Bytes> shelf = new HashMap<>();
  private LedgerTime now = new LedgerTime(1_700_000_000_000L);

  /** An empty history. */
  public Ensemble(Charter charter) {
    this.charter = charter;
    this.state = State.initial(charter.id());
  }

  /** A history in which the charter and all enrolments stand. */
  public static Ensemble enrolled(Charter charter) {
    Ensemble ensemble = new Ensemble(charter);
    ensemble.say(0, new Statement.Founding(charter));
    for (int place = 0; place < charter.roster().size(); place++) {
      ensemble.say(place, new Statement.Enrolment("memory"));
    }
    return ensemble;
  }

  /** A history in which round 1 is open. */
  public static Ensemble training(Charter charter) {
    Ensemble ensemble = enrolled(charter);
    ensemble.bringModel(0, Parameters.of(new float[charter.layout().length()]));
    return ensemble;
  }

  public Charter charter() {
    return charter;
  }

  public State state() {
    return state;
  }

  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  public LedgerTime now() {
    return now;
  }

  public Phase phase() {
    return state.federation().orElseThrow().phase();
  }

  /** The round that is open. */
  public OpenRound open() {
    return ((Phase.Training) phase()).open();
  }

  /** The last model. */
  public GlobalModel model() {
    return switch (phase()) {
      case Phase.Training training -> training.model();
      case Phase.Finished finished -> finished.model();
      default -> throw new IllegalStateException("no model in " + phase());
    };
  }

  /** Lets time pass before the next entry. */
  public Ensemble pass(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  /** A signed statement of the member at {@code place}, who knows the whole history. */
  public SignedStatement sign(int place, Statement statement) {
    return sign(place, statement, state.history().head());
  }

  /** A signed statement of the member at {@code place}, who knows {@code seen}. */
  public SignedStatement sign(int place, Statement statement, Head seen) {
    MemberId author = Charters.id(place);
    return StatementCodec.sign(
        author, new Payload(charter.id(), seen, statement), Charters.key(place));
  }

  public Outcome say(int place, Statement statement) {
    return append(sign(place, statement), Optional.empty());
  }

  public Outcome say(int place, Statement statement, Attachment attachment) {
    return append(sign(place, statement), Optional.of(attachment));
  }

  public Outcome bringModel(int place, Parameters parameters) {
    Attachment attachment = Attachment.of(parameters.toBytes());
    return say(place, new Statement.InitialModel(attachment.ref()), attachment);
  }

  /** The update of the member at {@code place} for the open round. */
  public Outcome update(int place, float... delta) {
    return update(place, open().round(), model().digest(), delta);
  }

  public Outcome update(int place, RoundId round, Digest model, float... delta) {
    Attachment attachment = Attachment.of(Parameters.of(delta).toBytes());
    return say(
        place, new Statement.Update(round, model, attachment.ref(), Metrics.NONE), attachment);
  }

  /** As {@link #update(int, float...)}, naming an attachment that lies off the ledger. */
  public Outcome name(int place, float... delta) {
    Attachment attachment = Attachment.of(Parameters.of(delta).toBytes());
    shelve(attachment);
    return say(
        place,
        new Statement.Update(open().round(), model().digest(), attachment.ref(), Metrics.NONE));
  }

  /** Lets the replay find an attachment off the ledger. */
  public void shelve(Attachment attachment) {
    shelf.put(attachment.ref(), attachment.content());
  }

  private Optional<Bytes> find(AttachmentRef ref) {
    return Optional.ofNullable(shelf.get(ref));
  }

  /** Appends bytes as they are. */
  public Outcome append(SignedStatement statement, Optional<Attachment> attachment) {
    return append(statement, attachment, Optional.empty());
  }

  /** Appends bytes as they are, on a ledger that takes claims. */
  public Outcome append(
      SignedStatement statement, Optional<Attachment> attachment, Optional<Claims> claims) {
    now = now.plus(Duration.ofMillis(1));
    Entry entry = new Entry(state.history().head().position(), now, statement, attachment, claims);
    Outcome outcome =
        switch (Replay.attempt(state, entry, EpochKeys.NONE, this::find)) {
          case Attempt.Done(Outcome done) -> done;
          case Attempt.Wanting wanting -> throw new AssertionError("Nobody has " + wanting);
        };
    entries.add(entry);
    state = outcome.state();
    return outcome;
  }
}
