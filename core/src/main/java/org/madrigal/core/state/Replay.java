package org.madrigal.core.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Verification;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Claims;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Statement.Founding;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.core.state.Verdict.Applied;
import org.madrigal.core.state.Verdict.Rejected;

/**
 * The state machine: entries in, state out. A pure function of its arguments, the same on every
 * node, JVM and run. It never throws on what a member wrote: it answers with a verdict that stays
 * on the record.
 *
 * <p>For each entry, first its time is heard: a window whose deadline has passed closes before the
 * statement is judged. Then the statement is judged. Then a window that is full closes.
 */
public final class Replay {

  private Replay() {}

  /** Applies the next entry without any epoch key: see {@link #apply(State, Entry, EpochKeys)}. */
  public static Outcome apply(State state, Entry entry) {
    return apply(state, entry, EpochKeys.NONE);
  }

  /**
   * Applies the next entry without attachments off the ledger: where they are needed for a model,
   * it is unknown from then on.
   *
   * @throws IllegalArgumentException as {@link #attempt}, and if updates travel in the open: there
   *     the model is part of what everybody sees, and nothing can be judged without it
   */
  public static Outcome apply(State state, Entry entry, EpochKeys keys) {
    Means means = Means.of(keys, Attachments.NONE);
    Outcome outcome = apply(state, entry, means);
    boolean open =
        state
            .federation()
            .filter(federation -> federation.charter().rules().privacy() == Privacy.NONE)
            .isPresent();
    if (open && !means.missing().isEmpty()) {
      throw new IllegalArgumentException(
          "The entry at position %s cannot be applied without the attachments %s"
              .formatted(entry.position(), means.missing()));
    }
    return outcome;
  }

  /**
   * Applies the next entry, unless a model cannot be computed because attachments are not at hand.
   * Keys and attachments decide only what is known of models: verdicts, rosters, survivors and
   * everything else that the ledger shows are the same without them, except that where updates
   * travel in the open the models are part of it.
   *
   * @param keys the epoch keys that the replay may use
   * @param attachments the attachments off the ledger that it may use
   * @throws IllegalArgumentException if {@code entry} is not the next one or its time runs
   *     backwards: the ledger's adapter must not deliver such entries
   */
  public static Attempt attempt(State state, Entry entry, EpochKeys keys, Attachments attachments) {
    Means means = Means.of(keys, attachments);
    Outcome outcome = apply(state, entry, means);
    return means.missing().isEmpty()
        ? new Attempt.Done(outcome)
        : new Attempt.Wanting(means.missing());
  }

  private static Outcome apply(State state, Entry entry, Means means) {
    if (!entry.position().equals(state.history().head().position())) {
      throw new IllegalArgumentException(
          "The next entry is at position %s, not %s"
              .formatted(state.history().head().position(), entry.position()));
    }
    if (state.history().time().isAfter(entry.time())) {
      throw new IllegalArgumentException(
          "The entry at position %s has the time %s, before %s"
              .formatted(entry.position(), entry.time(), state.history().time()));
    }
    List<Event> events = new ArrayList<>();
    State timed = Progress.advance(state, entry.time(), means, events);
    State longer = timed.with(timed.history().after(entry.statement(), entry.time()));
    return switch (StatementCodec.decode(entry.statement())) {
      case Decoding.Malformed<Envelope>(String reason) ->
          rejected(longer, new Rejection(Reason.MALFORMED, reason), Optional.empty(), events);
      case Decoding.Decoded<Envelope>(Envelope envelope) -> {
        Optional<Rejection> unbelievable =
            misclaimed(entry, envelope).or(() -> believe(timed, envelope));
        if (unbelievable.isPresent()) {
          yield rejected(longer, unbelievable.get(), Optional.of(envelope), events);
        }
        yield switch (Judge.judge(longer, entry, envelope, means, events)) {
          case Ruling.Refused(Rejection rejection) ->
              rejected(longer, rejection, Optional.of(envelope), events);
          case Ruling.Counted(Federation counted) ->
              new Outcome(
                  Progress.advance(longer.with(counted), entry.time(), means, events),
                  new Applied(),
                  Optional.of(envelope),
                  List.copyOf(events));
        };
      }
    };
  }

  private static Outcome rejected(
      State state, Rejection rejection, Optional<Envelope> envelope, List<Event> events) {
    return new Outcome(state, new Rejected(rejection), envelope, List.copyOf(events));
  }

  /** Why the statement is not what the ledger was told of it, if it is not. */
  private static Optional<Rejection> misclaimed(Entry entry, Envelope envelope) {
    return entry
        .claims()
        .filter(claims -> !claims.equals(Claims.of(envelope, claims.ledger())))
        .map(claims ->
            new Rejection(
                Reason.WRONG_CLAIM,
                "it came by %s with %s, but it says %s"
                    .formatted(claims.author(), claims, Claims.of(envelope, claims.ledger()))));
  }

  /** Why the statement cannot be its author's word in this federation, if it cannot. */
  private static Optional<Rejection> believe(State state, Envelope envelope) {
    FederationId named = envelope.payload().federation();
    if (!named.equals(state.id())) {
      return Optional.of(
          new Rejection(
              Reason.FOREIGN_FEDERATION,
              "it belongs to the federation %s, not %s"
                  .formatted(named.digest().abbreviated(), state.id().digest().abbreviated())));
    }
    Charter charter;
    if (state.federation().isPresent()) {
      charter = state.federation().get().charter();
    } else if (envelope.payload().statement() instanceof Founding founding
        && founding.charter().id().equals(state.id())) {
      charter = founding.charter();
    } else {
      return Optional.of(
          new Rejection(Reason.OUT_OF_ORDER, "the charter must be on the ledger first"));
    }
    Optional<Member> author = charter.member(envelope.author());
    if (author.isEmpty()) {
      return Optional.of(
          new Rejection(
              Reason.UNKNOWN_AUTHOR,
              "%s is not a member of this federation".formatted(envelope.author())));
    }
    if (envelope.verify(author.get().key()) == Verification.FORGED) {
      return Optional.of(
          new Rejection(
              Reason.BAD_SIGNATURE,
              "the key of %s did not sign these bytes".formatted(envelope.author())));
    }
    return state.history().check(envelope.payload().seen());
  }
}
