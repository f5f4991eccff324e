package org.madrigal.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.Release;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.core.state.Attachments;
import org.madrigal.core.state.Attempt;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.State;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.LedgerException;
import org.madrigal.node.Identity;
import org.madrigal.node.Surroundings;

/**
 * A member that breaks the protocol: a real node whose words are changed on their way to the
 * ledger, signed again with its own key, and which does not see that they were. Besides, it says
 * things of its own accord.
 */
final class Adversary implements Ledger, Surroundings.Replayer {

  private static final double EAGERNESS = 0.6;
  private static final int MOST_INITIATIVES = 25;

  private final Identity identity;
  private final SortedSet<Trick> tricks;
  private final Link link;
  private final Surroundings.Replayer replay;
  private final Timeline timeline;
  private final Chance chance;
  private final Alteration alteration;
  private final Set<Digest> genuine = new HashSet<>();
  private final Map<Digest, List<Speech>> instead = new HashMap<>();
  private final List<Entry> heard = new ArrayList<>();
  private State state;
  private int initiatives;

  private record Speech(
      SignedStatement statement, Optional<Attachment> attachment, Duration delay) {}

  Adversary(
      Identity identity,
      SortedSet<Trick> tricks,
      Link link,
      Surroundings.Replayer replay,
      Timeline timeline,
      Chance chance) {
    this.identity = identity;
    this.tricks = tricks;
    this.link = link;
    this.replay = replay;
    this.timeline = timeline;
    this.chance = chance;
    alteration = new Alteration(tricks, chance);
    state = State.initial(identity.charter().id());
  }

  // ---- what its node says -----------------------------------------------------------------------

  @Override
  public void append(SignedStatement statement, Optional<Attachment> attachment) {
    genuine.add(statement.digest());
    for (Speech speech :
        instead.computeIfAbsent(statement.digest(), any -> instead(statement, attachment))) {
      timeline.after(speech.delay(), () -> send(speech));
    }
  }

  private void send(Speech speech) {
    try {
      link.append(speech.statement(), speech.attachment());
    } catch (LedgerException e) {
      // The node sends it again.
    }
  }

  private List<Speech> instead(SignedStatement statement, Optional<Attachment> attachment) {
    Duration delay =
        tricks.contains(Trick.LATE) && chance.once(EAGERNESS)
            ? chance.between(Duration.ZERO, Duration.ofSeconds(90))
            : Duration.ZERO;
    Speech honest = new Speech(statement, attachment, delay);
    if (!(StatementCodec.decode(statement)
        instanceof Decoding.Decoded<Envelope>(Envelope envelope))) {
      throw new IllegalStateException("An honest node says what can be read");
    }
    Statement said = envelope.payload().statement();
    if (chance.once(EAGERNESS) && isWithheld(said)) {
      return List.of();
    }
    Alteration.Said altered = alteration.of(new Alteration.Said(said, attachment), epochKey());
    boolean same = altered.statement().equals(said) && altered.attachment().equals(attachment);
    if (same || !chance.once(EAGERNESS)) {
      return List.of(honest);
    }
    Speech other =
        new Speech(
            sign(envelope.payload(), altered.statement(), identity.member()),
            altered.attachment(),
            delay);
    if (!tricks.contains(Trick.TWO_FACES)) {
      return List.of(other);
    }
    List<Speech> both = new ArrayList<>(List.of(honest, other));
    Collections.rotate(both, chance.below(2));
    return both;
  }

  private boolean isWithheld(Statement said) {
    return switch (said) {
      case Statement.MaskedUpdate s -> tricks.contains(Trick.NO_UPDATE);
      case Statement.SealedUpdate s -> tricks.contains(Trick.NO_UPDATE);
      case Statement.Update s -> tricks.contains(Trick.NO_UPDATE);
      case Statement.Unmasking s -> tricks.contains(Trick.NO_SHARES);
      default -> false;
    };
  }

  private SignedStatement sign(Payload seen, Statement statement, MemberId author) {
    return StatementCodec.sign(
        author, new Payload(seen.federation(), seen.seen(), statement), identity.key());
  }

  private Optional<Digest> epochKey() {
    return Phases.confidential(state).flatMap(phase -> phase.epoch().key());
  }

  // ---- what it says by itself -------------------------------------------------------------------

  /** Begins to say things of its own accord. */
  void begin() {
    if (initiatives++ < MOST_INITIATIVES) {
      timeline.after(
          chance.between(Duration.ofSeconds(1), Duration.ofSeconds(30)),
          () -> {
            initiative(chance.one(List.copyOf(tricks)));
            begin();
          });
    }
  }

  private void initiative(Trick trick) {
    switch (trick) {
      case REPLAYS -> replay();
      case HUGE -> huge();
      case VOTES -> say(new Statement.Vote(anybody(), "trouble"));
      case FORGERIES -> forge();
      case FALSE_COMPLAINTS ->
          Phases.confidential(state)
              .ifPresent(phase ->
                  epochKey()
                      .ifPresent(key -> say(new Statement.Complaint(phase.epoch().id(), key))));
      case LATE -> say(new Statement.Nudge(state.history().time()));
      case TWO_FACES,
          GARBLED_KEYS,
          GARBLED_COMMITMENT,
          GARBAGE,
          OTHER_MODEL,
          BAD_SHARES,
          NO_UPDATE,
          NO_SHARES,
          WRONG_ATTACHMENTS -> {}
    }
  }

  private void replay() {
    if (heard.isEmpty()) {
      return;
    }
    Entry old = chance.one(heard);
    if (StatementCodec.decode(old.statement())
        instanceof Decoding.Decoded<Envelope>(Envelope envelope)) {
      if (chance.once(0.5)) {
        send(new Speech(old.statement(), old.attachment(), Duration.ZERO));
      } else {
        say(envelope.payload().statement(), old.attachment());
      }
    }
  }

  private void huge() {
    switch (chance.below(3)) {
      case 0 ->
          send(
              new Speech(
                  SignedStatement.of(alteration.drawn(SignedStatement.MAX_LENGTH)),
                  Optional.empty(),
                  Duration.ZERO));
      case 1 ->
          say(
              new Statement.Unmasking(
                  Phases.confidential(state).map(Phase.Confidential::slot).orElse(SlotNumber.FIRST),
                  Digest.of(alteration.drawn(1)),
                  Collections.nCopies(4000, new Release.OfShare(alteration.drawn(32)))));
      default ->
          say(
              new Statement.Nudge(state.history().time()),
              Optional.of(Attachment.of(alteration.drawn(100_000))));
    }
  }

  private void forge() {
    Payload payload =
        new Payload(
            identity.charter().id(),
            state.history().head(),
            new Statement.Vote(identity.member(), "forged"));
    send(
        new Speech(
            chance.once(0.5)
                ? sign(payload, payload.statement(), anybody())
                : SignedStatement.of(alteration.drawn(chance.between(1, 300))),
            Optional.empty(),
            Duration.ZERO));
  }

  private MemberId anybody() {
    return chance.one(identity.charter().roster().stream().map(Member::id).toList());
  }

  private void say(Statement statement) {
    say(statement, Optional.empty());
  }

  private void say(Statement statement, Optional<Attachment> attachment) {
    Payload payload = new Payload(identity.charter().id(), state.history().head(), statement);
    send(new Speech(sign(payload, statement, identity.member()), attachment, Duration.ZERO));
  }

  // ---- what its node sees -----------------------------------------------------------------------

  /** The node sees the state that there is, but not what was said in its name. */
  @Override
  public Attempt attempt(State before, Entry entry, EpochKeys keys, Attachments attachments) {
    return switch (replay.attempt(before, entry, keys, attachments)) {
      case Attempt.Wanting wanting -> wanting;
      case Attempt.Done(Outcome outcome) -> new Attempt.Done(seen(entry, outcome));
    };
  }

  private Outcome seen(Entry entry, Outcome outcome) {
    state = outcome.state();
    heard.add(entry);
    boolean invented =
        outcome
                .envelope()
                .filter(envelope -> envelope.author().equals(identity.member()))
                .isPresent()
            && !genuine.contains(entry.statement().digest());
    return invented
        ? new Outcome(outcome.state(), outcome.verdict(), Optional.empty(), outcome.events())
        : outcome;
  }

  @Override
  public String identity() {
    return link.identity();
  }

  @Override
  public void catchUp(Duration wait) {
    link.catchUp(wait);
  }

  @Override
  public List<Entry> read(Position from, int limit, Duration wait) {
    return link.read(from, limit, wait);
  }

  @Override
  public void close() {
    link.close();
  }
}
