package org.madrigal.core.state;

import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement.Commitment;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.Unmasking;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.state.SlotPlan.Committed;

/** Judges what members say in a masked slot. Decides by what everybody can see. */
final class SlotJudge {

  private final Federation federation;
  private final Phase.Confidential phase;
  private final Entry entry;
  private final MemberId author;
  private final List<Event> events;
  private final Refusals refusals;

  SlotJudge(
      Federation federation,
      Phase.Confidential phase,
      Entry entry,
      MemberId author,
      List<Event> events) {
    this.federation = federation;
    this.phase = phase;
    this.entry = entry;
    this.author = author;
    this.events = events;
    refusals = new Refusals(phase, author);
  }

  Ruling commitment(Commitment statement) {
    Optional<Rejection> wrong = checkCommitment(statement);
    if (wrong.isPresent()) {
      return new Ruling.Refused(wrong.get());
    }
    Committed committed = new Committed(entry.statement().digest(), statement);
    if (phase.stage() instanceof Stage.Committing stage && statement.slot().equals(phase.slot())) {
      return stage.commitments().containsKey(author)
          ? refusals.second("its commitment for slot " + statement.slot())
          : to(stage.with(author, committed));
    }
    if (phase.stage() instanceof Stage.Unmasking stage
        && statement.slot().equals(phase.slot().next())) {
      return stage.next().containsKey(author)
          ? refusals.second("its commitment for slot " + statement.slot())
          : to(stage.with(author, committed));
    }
    return refusals.wrongSlot("no commitments for slot " + statement.slot());
  }

  private Optional<Rejection> checkCommitment(Commitment statement) {
    Optional<Roster> fixed = phase.epoch().roster();
    if (fixed.isEmpty() || !isNow(statement.epoch())) {
      return Optional.of(
          new Rejection(
              Reason.WRONG_SLOT, "no commitments of epoch %s".formatted(statement.epoch())));
    }
    Roster roster = fixed.get();
    if (!roster.contains(author)) {
      return Optional.of(refusals.notInRoster().rejection());
    }
    return CommitmentForm.fits(statement, roster.size())
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                Reason.WRONG_LENGTH,
                "a commitment among %d members has another size".formatted(roster.size())));
  }

  Ruling maskedUpdate(MaskedUpdate statement) {
    if (!(phase.stage() instanceof Stage.Masking stage) || !isNow(statement.slot())) {
      return refusals.wrongSlot("no masked updates for slot " + statement.slot());
    }
    SlotPlan plan = stage.plan();
    if (!plan.committed().contains(author)) {
      return Refusals.refuse(
          Reason.NOT_IN_COHORT,
          "%s did not commit itself in slot %s".formatted(author, statement.slot()));
    }
    if (stage.inputs().members().contains(author)) {
      return refusals.second("its masked update for slot " + statement.slot());
    }
    if (!statement.round().equals(phase.round())) {
      return Refusals.refuse(
          Reason.WRONG_ROUND,
          "it belongs to round %s but slot %s works for round %s"
              .formatted(statement.round(), phase.slot(), phase.round()));
    }
    if (!statement.commitments().equals(plan.digest())) {
      return Refusals.refuse(
          Reason.WRONG_DIGEST, "it is masked for other commitments than those that count");
    }
    SlotTask task = phase.task(charter());
    Digest content = task.content(statement.model());
    if (phase.opened().isPresent() && phase.opened().get().bars(content, author)) {
      return Refusals.refuse(
          Reason.NOT_IN_COHORT,
          "a sum from this model was opened without %s: one with it would show its update"
              .formatted(author));
    }
    SlotCoding coding = SlotCoding.of(charter(), task);
    Bytes packed = entry.attachment().orElseThrow().content();
    if (!RingVector.isPacked(coding.ring(), packed, coding.length())) {
      return Refusals.refuse(
          Reason.WRONG_LENGTH,
          "the attachment is not %d values of %d bits"
              .formatted(coding.length(), coding.ring().bits()));
    }
    return to(
        new Stage.Masking(
            stage.deadline(),
            plan,
            stage.inputs().with(author, entry.statement().digest(), statement.model(), packed)));
  }

  Ruling unmasking(Unmasking statement) {
    if (isLate(statement.slot())) {
      return phase.epoch().members().contains(author)
          ? new Ruling.Counted(federation)
          : refusals.notInRoster();
    }
    if (!(phase.stage() instanceof Stage.Unmasking stage) || !isNow(statement.slot())) {
      return refusals.wrongSlot("no shares for slot " + statement.slot());
    }
    if (!stage.plan().roster().contains(author)) {
      return refusals.notInRoster();
    }
    if (stage.hasReleased(author)) {
      return refusals.second("its shares for slot " + statement.slot());
    }
    if (!statement.updates().equals(stage.updates())) {
      return Refusals.refuse(
          Reason.WRONG_DIGEST, "it opens a sum of other updates than those that count");
    }
    return switch (ReleaseCheck.of(stage, author, statement.releases())) {
      case ReleaseCheck.Wrong wrong -> Refusals.refuse(Reason.WRONG_SHARE, wrong.detail());
      case ReleaseCheck.Sound sound -> {
        Federation released =
            federation.with(phase.with(stage.with(new Stage.Sheet(author, statement.releases()))));
        for (ReleaseCheck.Verdict verdict : sound.verdicts()) {
          released =
              ConfidentialProgress.convict(
                  released,
                  (Phase.Confidential) released.phase(),
                  verdict.guilty(),
                  verdict.reason(),
                  events);
        }
        yield new Ruling.Counted(released);
      }
    };
  }

  /** Shares of the slot before, sent while others opened it already: they change nothing. */
  private boolean isLate(SlotNumber slot) {
    return slot.next().equals(phase.slot())
        && phase.epoch().slots() > 0
        && !(phase.stage() instanceof Stage.Unmasking);
  }

  private Charter charter() {
    return federation.charter();
  }

  private boolean isNow(EpochId epoch) {
    return epoch.equals(phase.epoch().id());
  }

  private boolean isNow(SlotNumber slot) {
    return slot.equals(phase.slot());
  }

  private Ruling to(Stage stage) {
    return new Ruling.Counted(federation.with(phase.with(stage)));
  }
}
