package org.madrigal.core.state;

import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.HybridPublicKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement.Complaint;
import org.madrigal.core.protocol.Statement.KeyDeal;
import org.madrigal.core.protocol.Statement.KeyOffer;
import org.madrigal.core.protocol.Statement.KeySeal;

/**
 * Judges the statements with which members agree on keys: of pairs, and of the epoch. Decides by
 * what everybody can see.
 */
final class KeyJudge {

  private final Federation federation;
  private final Phase.Confidential phase;
  private final Entry entry;
  private final MemberId author;
  private final List<Event> events;
  private final Refusals refusals;

  KeyJudge(
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

  Ruling keyOffer(KeyOffer statement) {
    try {
      HybridPublicKey.of(statement.key());
    } catch (IllegalArgumentException e) {
      return Refusals.refuse(Reason.BAD_KEY, String.valueOf(e.getMessage()));
    }
    if (phase.stage() instanceof Stage.Offering stage && isNow(statement.epoch())) {
      return stage.offers().containsKey(author)
          ? refusals.second("its key for epoch " + statement.epoch())
          : to(stage.with(author, statement.key()));
    }
    if (!statement.epoch().equals(phase.epoch().id().next())) {
      return Refusals.refuse(
          Reason.WRONG_SLOT,
          "it offers a key for epoch %s, but epoch %s is under way"
              .formatted(statement.epoch(), phase.epoch().id()));
    }
    return phase.epoch().early().containsKey(author)
        ? refusals.second("its key for epoch " + statement.epoch())
        : new Ruling.Counted(
            federation.with(phase.with(phase.epoch().withEarly(author, statement.key()))));
  }

  Ruling keySeal(KeySeal statement) {
    if (!(phase.stage() instanceof Stage.Sealing stage) || !isNow(statement.epoch())) {
      return refusals.wrongSlot("no key agreements of epoch " + statement.epoch());
    }
    if (!stage.offers().containsKey(author)) {
      return Refusals.refuse(
          Reason.NOT_IN_COHORT, "%s offered no key for this epoch".formatted(author));
    }
    if (stage.seals().containsKey(author)) {
      return refusals.second("its encapsulations for epoch " + statement.epoch());
    }
    if (!statement.offers().equals(stage.digest())) {
      return Refusals.refuse(
          Reason.WRONG_DIGEST, "it answers other key offers than those that count");
    }
    int expected = stage.candidates().encapsulatedBy(author).size();
    return statement.ciphertexts().size() != expected
        ? Refusals.wrongCount("encapsulations", statement.ciphertexts().size(), expected)
        : to(stage.with(author, statement.ciphertexts()));
  }

  Ruling keyDeal(KeyDeal statement) {
    if (!(phase.stage() instanceof Stage.Dealing stage)
        || !isNow(statement.epoch())
        || statement.attempt() != stage.attempt()) {
      return refusals.wrongSlot(
          "no epoch key of epoch %s, attempt %d".formatted(statement.epoch(), statement.attempt()));
    }
    Roster roster = phase.epoch().members();
    MemberId dealer = roster.dealer(stage.attempt());
    if (!author.equals(dealer)) {
      return Refusals.refuse(
          Reason.NOT_IN_COHORT, "it is for %s to deal the epoch key now".formatted(dealer));
    }
    if (statement.boxes().size() != roster.size() - 1) {
      return Refusals.wrongCount("boxes", statement.boxes().size(), roster.size() - 1);
    }
    int past = EpochKeys.pastLength(phase.epoch().past().size());
    if (statement.past().length() != past) {
      return Refusals.wrongCount("bytes of past keys", statement.past().length(), past);
    }
    Epoch epoch = phase.epoch().withKey(Optional.of(statement.key()));
    events.add(new Event.KeyDealt(roster, author, statement, epoch.past()));
    Stage next = ConfidentialProgress.firstStage(charter(), stage.attempt(), entry.time());
    return new Ruling.Counted(federation.with(phase.with(epoch).with(next)));
  }

  Ruling complaint(Complaint statement) {
    Epoch epoch = phase.epoch();
    int attempt = attemptWithComplaints();
    if (attempt < 0
        || !isNow(statement.epoch())
        || !epoch.key().equals(Optional.of(statement.key()))) {
      return refusals.wrongSlot("no complaint about that epoch key");
    }
    if (!epoch.members().contains(author)) {
      return refusals.notInRoster();
    }
    if (epoch.complained().contains(author)) {
      return refusals.second("a complaint in epoch " + statement.epoch());
    }
    LedgerTime end = entry.time().plus(charter().rules().secrecy().orElseThrow().step());
    Stage again = new Stage.Dealing(end, attempt + 1);
    events.add(
        new Event.SlotAbandoned(
            phase.slot(),
            phase.task(charter()),
            "%s could not read the epoch key, so the next member deals another".formatted(author)));
    return new Ruling.Counted(
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

  private Charter charter() {
    return federation.charter();
  }

  private boolean isNow(EpochId epoch) {
    return epoch.equals(phase.epoch().id());
  }

  private Ruling to(Stage stage) {
    return new Ruling.Counted(federation.with(phase.with(stage)));
  }
}
