package org.madrigal.core.state;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.Statement.Attestation;
import org.madrigal.core.protocol.Statement.Commitment;
import org.madrigal.core.protocol.Statement.Complaint;
import org.madrigal.core.protocol.Statement.Enrolment;
import org.madrigal.core.protocol.Statement.Founding;
import org.madrigal.core.protocol.Statement.InitialModel;
import org.madrigal.core.protocol.Statement.KeyDeal;
import org.madrigal.core.protocol.Statement.KeyOffer;
import org.madrigal.core.protocol.Statement.KeySeal;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.Nudge;
import org.madrigal.core.protocol.Statement.Receipt;
import org.madrigal.core.protocol.Statement.SealedUpdate;
import org.madrigal.core.protocol.Statement.Unmasking;
import org.madrigal.core.protocol.Statement.Update;
import org.madrigal.core.protocol.Statement.Vote;
import org.madrigal.core.state.Ruling.Counted;
import org.madrigal.core.state.Ruling.Refused;

/** Judges a statement whose author is known to have signed it in this history. */
final class Judge {

  private final State state;
  private final Entry entry;
  private final MemberId author;
  private final Means means;
  private final List<Event> events;

  private Judge(State state, Entry entry, MemberId author, Means means, List<Event> events) {
    this.state = state;
    this.entry = entry;
    this.author = author;
    this.means = means;
    this.events = events;
  }

  static Ruling judge(
      State state, Entry entry, Envelope envelope, Means means, List<Event> events) {
    return new Judge(state, entry, envelope.author(), means, events)
        .judge(envelope.payload().statement());
  }

  private Ruling judge(Statement statement) {
    Optional<Rejection> attachment =
        AttachmentCheck.of(
            statement, entry.attachment(), state.federation().map(Federation::charter));
    if (attachment.isPresent()) {
      return new Refused(attachment.get());
    }
    if (statement instanceof Founding founding) {
      return founding(founding.charter());
    }
    Federation federation = state.federation().orElseThrow();
    if (federation.membership().excluded().contains(author)
        && !finishesItsSlot(federation, statement)) {
      return refuse(Reason.EXCLUDED, "%s was excluded by the members' votes".formatted(author));
    }
    if (statement instanceof Enrolment enrolment) {
      return enrolment(federation, enrolment);
    }
    if (!federation.membership().enrolled().containsKey(author)) {
      return refuse(Reason.NOT_ENROLLED, "%s has not enrolled".formatted(author));
    }
    return switch (statement) {
      case Founding s -> throw new IllegalStateException("judged above");
      case Enrolment s -> throw new IllegalStateException("judged above");
      case InitialModel s -> ofAll(federation).initialModel(s, events);
      case Update s -> ofAll(federation).update(s);
      case Attestation s -> attestation(federation, s);
      case Vote s -> vote(federation, s);
      case Nudge s -> nudge(federation, s);
      case KeyOffer s -> ofKeys(federation, judge -> judge.keyOffer(s));
      case KeySeal s -> ofKeys(federation, judge -> judge.keySeal(s));
      case KeyDeal s -> ofKeys(federation, judge -> judge.keyDeal(s));
      case Complaint s -> ofKeys(federation, judge -> judge.complaint(s));
      case Commitment s -> ofSlot(federation, judge -> judge.commitment(s));
      case MaskedUpdate s -> ofSlot(federation, judge -> judge.maskedUpdate(s));
      case Unmasking s ->
          federation.phase() instanceof Phase.Closed closed
              ? ClosedJudge.unmasking(federation, closed, s)
              : ofSlot(federation, judge -> judge.unmasking(s));
      case SealedUpdate s -> sealedUpdate(federation, s);
      case Receipt s -> ReceiptJudge.receipt(federation, author, s, events);
    };
  }

  /** Rosters and thresholds do not change in a slot: who is excluded in it still completes it. */
  private boolean finishesItsSlot(Federation federation, Statement statement) {
    boolean completes = statement instanceof MaskedUpdate || statement instanceof Unmasking;
    return completes && federation.phase() instanceof Phase.Confidential;
  }

  private OpenJudge ofAll(Federation federation) {
    return new OpenJudge(federation, entry, author);
  }

  private Ruling ofKeys(Federation federation, Function<KeyJudge, Ruling> how) {
    return confidential(federation, hearing -> how.apply(new KeyJudge(hearing)));
  }

  private Ruling ofSlot(Federation federation, Function<SlotJudge, Ruling> how) {
    return confidential(federation, hearing -> how.apply(new SlotJudge(hearing)));
  }

  private Ruling sealedUpdate(Federation federation, SealedUpdate statement) {
    return confidential(
        federation, hearing -> new SealedJudge(hearing, means).sealedUpdate(statement));
  }

  private Ruling confidential(Federation federation, Function<Hearing, Ruling> how) {
    if (federation.phase() instanceof Phase.Confidential phase) {
      return how.apply(new Hearing(federation, phase, entry, author, events));
    }
    return federation.charter().rules().privacy() == Privacy.NONE
        ? refuse(Reason.WRONG_PRIVACY, "this federation's updates travel in the open")
        : refuse(Reason.WRONG_SLOT, "no slot is under way");
  }

  private Ruling founding(Charter charter) {
    if (state.federation().isPresent()) {
      return refuse(Reason.SECOND_STATEMENT, "the charter is on the ledger already");
    }
    LedgerTime deadline = entry.time().plus(charter.rules().deadlines().enrolment());
    events.add(new Event.Founded());
    return new Counted(new Federation(charter, Membership.NONE, new Phase.Enrolling(deadline)));
  }

  private Ruling enrolment(Federation federation, Enrolment enrolment) {
    if (federation.membership().enrolled().containsKey(author)) {
      return refuse(Reason.SECOND_STATEMENT, "%s has enrolled already".formatted(author));
    }
    return new Counted(
        federation.with(federation.membership().withEnrolled(author, enrolment.ledger())));
  }

  private Ruling attestation(Federation federation, Attestation statement) {
    if (federation.phase() instanceof Phase.Closed closed) {
      return ClosedJudge.attestation(federation, closed, author, statement, events);
    }
    if (!(federation.phase() instanceof Phase.Finished finished)) {
      return refuse(Reason.WRONG_ROUND, "the last round has not closed");
    }
    if (!statement.round().equals(finished.model().round())
        || !statement.model().equals(finished.model().digest())) {
      return refuse(
          Reason.FOREIGN_MODEL,
          "it attests the model %s of round %s but the history gives %s of round %s"
              .formatted(
                  statement.model().abbreviated(),
                  statement.round(),
                  finished.model().digest().abbreviated(),
                  finished.model().round()));
    }
    if (finished.attested().contains(author)) {
      return refuse(Reason.SECOND_STATEMENT, "%s has attested already".formatted(author));
    }
    return new Counted(federation.with(finished.with(author)));
  }

  private Ruling vote(Federation federation, Vote statement) {
    MemberId target = statement.member();
    Membership membership = federation.membership();
    if (federation.charter().member(target).isEmpty() || target.equals(author)) {
      return refuse(Reason.NO_EFFECT, "%s cannot be voted out by %s".formatted(target, author));
    }
    if (!membership.isOpenToVotes(target, federation.charter())) {
      return refuse(Reason.NO_EFFECT, "%s is excluded already".formatted(target));
    }
    if (membership.votes().getOrDefault(target, Collections.emptySortedSet()).contains(author)) {
      return refuse(
          Reason.SECOND_STATEMENT, "%s has voted against %s already".formatted(author, target));
    }
    int needed = federation.charter().rules().votes();
    Membership changed = membership.withVote(author, target, needed);
    if (changed.votesAgainst(target) == needed) {
      events.add(new Event.MemberExcluded(target));
    }
    if (federation.charter().rules().privacy() == Privacy.MASKED
        && changed.votesAgainst(target) == federation.charter().votesToLetGo()) {
      events.add(new Event.MemberLetGo(target));
    }
    return new Counted(federation.with(changed));
  }

  private Ruling nudge(Federation federation, Nudge statement) {
    if (!entry.time().isAfter(statement.deadline())) {
      return refuse(
          Reason.NO_EFFECT,
          "the deadline %s has not passed at %s".formatted(statement.deadline(), entry.time()));
    }
    return new Counted(federation);
  }

  private static Refused refuse(Reason reason, String detail) {
    return new Refused(new Rejection(reason, detail));
  }
}
