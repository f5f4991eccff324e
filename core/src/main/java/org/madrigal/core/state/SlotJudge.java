package org.madrigal.core.state;

import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement.Commitment;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.Unmasking;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.state.SlotPlan.Committed;

/** Judges what members say in a masked slot. Decides by what everybody can see. */
final class SlotJudge {

  private final Hearing hearing;
  private final Phase.Confidential phase;
  private final MemberId author;

  SlotJudge(Hearing hearing) {
    this.hearing = hearing;
    phase = hearing.phase();
    author = hearing.author();
  }

  Ruling commitment(Commitment statement) {
    Optional<Rejection> wrong = checkCommitment(statement);
    if (wrong.isPresent()) {
      return new Ruling.Refused(wrong.get());
    }
    Committed committed = new Committed(hearing.entry().statement().digest(), statement);
    if (phase.stage() instanceof Stage.Committing stage && statement.slot().equals(phase.slot())) {
      return stage.commitments().containsKey(author)
          ? hearing.second("its commitment for slot " + statement.slot())
          : hearing.to(stage.with(author, committed));
    }
    if (phase.stage() instanceof Stage.Unmasking stage
        && statement.slot().equals(phase.slot().next())) {
      return stage.next().containsKey(author)
          ? hearing.second("its commitment for slot " + statement.slot())
          : hearing.to(stage.with(author, committed));
    }
    return hearing.wrongSlot("no commitments for slot " + statement.slot());
  }

  private Optional<Rejection> checkCommitment(Commitment statement) {
    Optional<Roster> fixed = phase.epoch().roster();
    if (fixed.isEmpty() || !hearing.isNow(statement.epoch())) {
      return Optional.of(
          new Rejection(
              Reason.WRONG_SLOT, "no commitments of epoch %s".formatted(statement.epoch())));
    }
    Roster roster = fixed.get();
    if (!roster.contains(author)) {
      return Optional.of(hearing.notInRoster().rejection());
    }
    return CommitmentForm.fits(statement, roster.size())
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                Reason.WRONG_LENGTH,
                "a commitment among %d members has another size".formatted(roster.size())));
  }

  Ruling maskedUpdate(MaskedUpdate statement) {
    if (!(phase.stage() instanceof Stage.Masking stage) || !hearing.isNow(statement.slot())) {
      return hearing.wrongSlot("no masked updates for slot " + statement.slot());
    }
    SlotPlan plan = stage.plan();
    if (!plan.committed().contains(author)) {
      return Hearing.refuse(
          Reason.NOT_IN_COHORT,
          "%s did not commit itself in slot %s".formatted(author, statement.slot()));
    }
    if (stage.sent().contains(author)) {
      return hearing.second("its masked update for slot " + statement.slot());
    }
    if (!statement.round().equals(phase.round())) {
      return Hearing.refuse(
          Reason.WRONG_ROUND,
          "it belongs to round %s but slot %s works for round %s"
              .formatted(statement.round(), phase.slot(), phase.round()));
    }
    if (!statement.commitments().equals(plan.digest())) {
      return Hearing.refuse(
          Reason.WRONG_DIGEST, "it is masked for other commitments than those that count");
    }
    SlotTask task = phase.task(hearing.charter());
    Digest content = task.content(statement.model());
    if (phase.opened().isPresent() && phase.opened().get().bars(content, author)) {
      return Hearing.refuse(
          Reason.NOT_IN_COHORT,
          "a sum from this model was opened without %s: one with it would show its update"
              .formatted(author));
    }
    SlotCoding coding = SlotCoding.of(hearing.charter(), task);
    if (hearing.charter().keepsOffLedger(statement.masked())) {
      return statement.masked().length() == coding.ring().packedLength(coding.length())
          ? hearing.to(
              stage.with(stage.elsewhere().with(hearing.named(statement, statement.masked()))))
          : wrongLength(coding);
    }
    Bytes packed = hearing.entry().attachment().orElseThrow().content();
    if (!RingVector.isPacked(coding.ring(), packed, coding.length())) {
      return wrongLength(coding);
    }
    return hearing.to(
        new Stage.Masking(
            stage.deadline(),
            plan,
            stage
                .inputs()
                .with(author, hearing.entry().statement().digest(), statement.model(), packed),
            stage.elsewhere()));
  }

  private static Ruling wrongLength(SlotCoding coding) {
    return Hearing.refuse(
        Reason.WRONG_LENGTH,
        "the attachment is not %d values of %d bits"
            .formatted(coding.length(), coding.ring().bits()));
  }

  Ruling unmasking(Unmasking statement) {
    if (isLate(statement.slot())) {
      return phase.epoch().members().contains(author)
          ? new Ruling.Counted(hearing.federation())
          : hearing.notInRoster();
    }
    if (!(phase.stage() instanceof Stage.Unmasking stage) || !hearing.isNow(statement.slot())) {
      return hearing.wrongSlot("no shares for slot " + statement.slot());
    }
    if (!stage.plan().roster().contains(author)) {
      return hearing.notInRoster();
    }
    if (stage.hasReleased(author)) {
      return hearing.second("its shares for slot " + statement.slot());
    }
    if (!statement.updates().equals(stage.updates())) {
      return Hearing.refuse(
          Reason.WRONG_DIGEST, "it opens a sum of other updates than those that count");
    }
    return switch (ReleaseCheck.of(stage, author, statement.releases())) {
      case ReleaseCheck.Wrong wrong -> Hearing.refuse(Reason.WRONG_SHARE, wrong.detail());
      case ReleaseCheck.Sound sound -> {
        Federation released =
            hearing
                .federation()
                .with(phase.with(stage.with(new Stage.Sheet(author, statement.releases()))));
        for (ReleaseCheck.Verdict verdict : sound.verdicts()) {
          released =
              ConfidentialProgress.convict(
                  released,
                  (Phase.Confidential) released.phase(),
                  verdict.guilty(),
                  verdict.reason(),
                  hearing.events());
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
}
