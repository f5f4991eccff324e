package org.madrigal.core.state;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.HybridPublicKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement.Attestation;
import org.madrigal.core.protocol.Statement.Commitment;
import org.madrigal.core.protocol.Statement.Complaint;
import org.madrigal.core.protocol.Statement.KeyDeal;
import org.madrigal.core.protocol.Statement.KeyOffer;
import org.madrigal.core.protocol.Statement.KeySeal;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.SealedUpdate;
import org.madrigal.core.protocol.Statement.Unmasking;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.state.SlotPlan.Committed;

/** Judges the statements of a federation with secrecy. Decides by what everybody can see. */
final class ConfidentialJudge {

  private final Federation federation;
  private final Phase.Confidential phase;
  private final Entry entry;
  private final MemberId author;
  private final EpochKeys keys;
  private final List<Event> events;

  ConfidentialJudge(
      Federation federation,
      Phase.Confidential phase,
      Entry entry,
      MemberId author,
      EpochKeys keys,
      List<Event> events) {
    this.federation = federation;
    this.phase = phase;
    this.entry = entry;
    this.author = author;
    this.keys = keys;
    this.events = events;
  }

  /** What a statement makes of the federation, or why it does not count. */
  sealed interface Ruling {}

  record Counted(Federation federation) implements Ruling {}

  record Refused(Rejection rejection) implements Ruling {}

  // ---- keys ---------------------------------------------------------------------------------

  Ruling keyOffer(KeyOffer statement) {
    try {
      HybridPublicKey.of(statement.key());
    } catch (IllegalArgumentException e) {
      return refuse(Reason.BAD_KEY, String.valueOf(e.getMessage()));
    }
    if (phase.stage() instanceof Stage.Offering stage && isNow(statement.epoch())) {
      return stage.offers().containsKey(author)
          ? second("its key for epoch " + statement.epoch())
          : to(stage.with(author, statement.key()));
    }
    if (!statement.epoch().equals(phase.epoch().id().next())) {
      return refuse(
          Reason.WRONG_SLOT,
          "it offers a key for epoch %s, but epoch %s is under way"
              .formatted(statement.epoch(), phase.epoch().id()));
    }
    return phase.epoch().early().containsKey(author)
        ? second("its key for epoch " + statement.epoch())
        : new Counted(
            federation.with(phase.with(phase.epoch().withEarly(author, statement.key()))));
  }

  Ruling keySeal(KeySeal statement) {
    if (!(phase.stage() instanceof Stage.Sealing stage) || !isNow(statement.epoch())) {
      return wrongSlot("no key agreements of epoch " + statement.epoch());
    }
    if (!stage.offers().containsKey(author)) {
      return refuse(Reason.NOT_IN_COHORT, "%s offered no key for this epoch".formatted(author));
    }
    if (stage.seals().containsKey(author)) {
      return second("its encapsulations for epoch " + statement.epoch());
    }
    if (!statement.offers().equals(stage.digest())) {
      return refuse(Reason.WRONG_DIGEST, "it answers other key offers than those that count");
    }
    int expected = stage.candidates().encapsulatedBy(author).size();
    return statement.ciphertexts().size() != expected
        ? wrongCount("encapsulations", statement.ciphertexts().size(), expected)
        : to(stage.with(author, statement.ciphertexts()));
  }

  Ruling keyDeal(KeyDeal statement) {
    if (!(phase.stage() instanceof Stage.Dealing stage)
        || !isNow(statement.epoch())
        || statement.attempt() != stage.attempt()) {
      return wrongSlot(
          "no epoch key of epoch %s, attempt %d".formatted(statement.epoch(), statement.attempt()));
    }
    Roster roster = phase.epoch().members();
    MemberId dealer = roster.dealer(stage.attempt());
    if (!author.equals(dealer)) {
      return refuse(
          Reason.NOT_IN_COHORT, "it is for %s to deal the epoch key now".formatted(dealer));
    }
    if (statement.boxes().size() != roster.size() - 1) {
      return wrongCount("boxes", statement.boxes().size(), roster.size() - 1);
    }
    int past = EpochKeys.pastLength(phase.epoch().past().size());
    if (statement.past().length() != past) {
      return wrongCount("bytes of past keys", statement.past().length(), past);
    }
    Epoch epoch = phase.epoch().withKey(Optional.of(statement.key()));
    events.add(new Event.KeyDealt(roster, author, statement, epoch.past()));
    Stage next = ConfidentialProgress.firstStage(charter(), stage.attempt(), entry.time());
    return new Counted(federation.with(phase.with(epoch).with(next)));
  }

  Ruling complaint(Complaint statement) {
    Epoch epoch = phase.epoch();
    int attempt = attemptWithComplaints();
    if (attempt < 0
        || !isNow(statement.epoch())
        || !epoch.key().equals(Optional.of(statement.key()))) {
      return wrongSlot("no complaint about that epoch key");
    }
    if (!epoch.members().contains(author)) {
      return notInRoster();
    }
    if (epoch.complained().contains(author)) {
      return second("a complaint in epoch " + statement.epoch());
    }
    LedgerTime end = entry.time().plus(charter().rules().secrecy().orElseThrow().step());
    Stage again = new Stage.Dealing(end, attempt + 1);
    events.add(
        new Event.SlotAbandoned(
            phase.slot(),
            phase.task(charter()),
            "%s could not read the epoch key, so the next member deals another".formatted(author)));
    return new Counted(
        federation.with(
            phase.nextSlot().with(phase.nextSlot().epoch().withComplaint(author)).with(again)));
  }

  /** The attempt that dealt the epoch key, while complaints about it are heard; else negative. */
  private int attemptWithComplaints() {
    return switch (phase.stage()) {
      case Stage.Committing stage -> stage.attempt();
      case Stage.Collecting stage -> stage.attempt();
      case Stage.Offering stage -> -1;
      case Stage.Sealing stage -> -1;
      case Stage.Dealing stage -> -1;
      case Stage.Masking stage -> -1;
      case Stage.Unmasking stage -> -1;
    };
  }

  // ---- slots --------------------------------------------------------------------------------

  Ruling commitment(Commitment statement) {
    Optional<Rejection> wrong = checkCommitment(statement);
    if (wrong.isPresent()) {
      return new Refused(wrong.get());
    }
    Committed committed = new Committed(entry.statement().digest(), statement);
    if (phase.stage() instanceof Stage.Committing stage && statement.slot().equals(phase.slot())) {
      return stage.commitments().containsKey(author)
          ? second("its commitment for slot " + statement.slot())
          : to(stage.with(author, committed));
    }
    if (phase.stage() instanceof Stage.Unmasking stage
        && statement.slot().equals(phase.slot().next())) {
      return stage.next().containsKey(author)
          ? second("its commitment for slot " + statement.slot())
          : to(stage.with(author, committed));
    }
    return wrongSlot("no commitments for slot " + statement.slot());
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
      return Optional.of(notInRoster().rejection());
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
      return wrongSlot("no masked updates for slot " + statement.slot());
    }
    SlotPlan plan = stage.plan();
    if (!plan.committed().contains(author)) {
      return refuse(
          Reason.NOT_IN_COHORT,
          "%s did not commit itself in slot %s".formatted(author, statement.slot()));
    }
    if (stage.inputs().members().contains(author)) {
      return second("its masked update for slot " + statement.slot());
    }
    if (!statement.round().equals(phase.round())) {
      return refuse(
          Reason.WRONG_ROUND,
          "it belongs to round %s but slot %s works for round %s"
              .formatted(statement.round(), phase.slot(), phase.round()));
    }
    if (!statement.commitments().equals(plan.digest())) {
      return refuse(
          Reason.WRONG_DIGEST, "it is masked for other commitments than those that count");
    }
    SlotTask task = phase.task(charter());
    Digest content = task.content(statement.model());
    if (phase.opened().isPresent() && phase.opened().get().bars(content, author)) {
      return refuse(
          Reason.NOT_IN_COHORT,
          "a sum from this model was opened without %s: one with it would show its update"
              .formatted(author));
    }
    SlotCoding coding = SlotCoding.of(charter(), task);
    Bytes packed = entry.attachment().orElseThrow().content();
    if (!RingVector.isPacked(coding.ring(), packed, coding.length())) {
      return refuse(
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
      return phase.epoch().members().contains(author) ? new Counted(federation) : notInRoster();
    }
    if (!(phase.stage() instanceof Stage.Unmasking stage) || !isNow(statement.slot())) {
      return wrongSlot("no shares for slot " + statement.slot());
    }
    if (!stage.plan().roster().contains(author)) {
      return notInRoster();
    }
    if (stage.hasReleased(author)) {
      return second("its shares for slot " + statement.slot());
    }
    if (!statement.updates().equals(stage.updates())) {
      return refuse(Reason.WRONG_DIGEST, "it opens a sum of other updates than those that count");
    }
    return switch (ReleaseCheck.of(stage, author, statement.releases())) {
      case ReleaseCheck.Wrong wrong -> refuse(Reason.WRONG_SHARE, wrong.detail());
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
        yield new Counted(released);
      }
    };
  }

  /** Shares of the slot before, sent while others opened it already: they change nothing. */
  private boolean isLate(SlotNumber slot) {
    return slot.next().equals(phase.slot())
        && phase.epoch().slots() > 0
        && !(phase.stage() instanceof Stage.Unmasking);
  }

  Ruling sealedUpdate(SealedUpdate statement) {
    if (!(phase.stage() instanceof Stage.Collecting stage)
        || !statement.round().equals(phase.round())) {
      return refuse(
          Reason.WRONG_ROUND,
          "it belongs to round %s, which takes no updates now".formatted(statement.round()));
    }
    if (!phase.epoch().members().contains(author)) {
      return notInRoster();
    }
    if (stage.updates().models().containsKey(author)) {
      return second("its update for round " + statement.round());
    }
    if (!phase.epoch().key().equals(Optional.of(statement.key()))) {
      return refuse(Reason.WRONG_DIGEST, "it is sealed under another key than that of the epoch");
    }
    SealedUpdates more =
        new Revelation(charter(), phase, keys, events)
            .collect(
                stage.updates(), author, statement, entry.attachment().orElseThrow().content());
    return to(new Stage.Collecting(stage.deadline(), stage.attempt(), more));
  }

  /** Shares for the last slot, sent while others opened it already: they change nothing. */
  static Ruling unmasking(Federation federation, Phase.Closed phase, Unmasking statement) {
    return statement.slot().equals(phase.last())
        ? new Counted(federation)
        : refuse(
            Reason.WRONG_SLOT,
            "slot %s was the last one, not %s".formatted(phase.last(), statement.slot()));
  }

  static Ruling attestation(
      Federation federation,
      Phase.Closed phase,
      MemberId author,
      Attestation statement,
      List<Event> events) {
    RoundId last = phase.model().round();
    if (!statement.round().equals(last)) {
      return refuse(
          Reason.WRONG_ROUND,
          "it attests the model of round %s, but the last round is %s"
              .formatted(statement.round(), last));
    }
    if (phase.attested().containsKey(author)) {
      return refuse(Reason.SECOND_STATEMENT, "%s has attested already".formatted(author));
    }
    Phase.Closed more = phase.with(author, statement.model());
    TreeMap<MemberId, Digest> same = new TreeMap<>(more.attested());
    same.values().removeIf(digest -> !digest.equals(statement.model()));
    int threshold = federation.charter().rules().secrecy().orElseThrow().threshold();
    if (same.size() == threshold) {
      events.add(new Event.ModelAttested(last, statement.model(), new TreeSet<>(same.keySet())));
    }
    return new Counted(federation.with(more));
  }

  // -------------------------------------------------------------------------------------------

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
    return new Counted(federation.with(phase.with(stage)));
  }

  private Refused wrongSlot(String what) {
    return refuse(
        Reason.WRONG_SLOT,
        "slot %s of epoch %s takes %s now".formatted(phase.slot(), phase.epoch().id(), what));
  }

  private Refused notInRoster() {
    return refuse(
        Reason.NOT_IN_COHORT,
        "%s is not in the roster of epoch %s".formatted(author, phase.epoch().id()));
  }

  private Refused second(String what) {
    return refuse(Reason.SECOND_STATEMENT, "%s has sent %s already".formatted(author, what));
  }

  private static Refused wrongCount(String what, int found, int expected) {
    return refuse(Reason.WRONG_LENGTH, "it has %d %s, not %d".formatted(found, what, expected));
  }

  private static Refused refuse(Reason reason, String detail) {
    return new Refused(new Rejection(reason, detail));
  }
}
