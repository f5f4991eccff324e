package org.madrigal.core.state;

import java.util.Optional;
import org.madrigal.core.crypto.HybridPublicKey;
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

  private final Hearing hearing;
  private final Phase.Confidential phase;
  private final MemberId author;

  KeyJudge(Hearing hearing) {
    this.hearing = hearing;
    phase = hearing.phase();
    author = hearing.author();
  }

  Ruling keyOffer(KeyOffer statement) {
    try {
      HybridPublicKey.of(statement.key());
    } catch (IllegalArgumentException e) {
      return Hearing.refuse(Reason.BAD_KEY, String.valueOf(e.getMessage()));
    }
    if (phase.stage() instanceof Stage.Offering stage && hearing.isNow(statement.epoch())) {
      return stage.offers().containsKey(author)
          ? hearing.second("its key for epoch " + statement.epoch())
          : hearing.to(stage.with(author, statement.key()));
    }
    if (!statement.epoch().equals(phase.epoch().id().next())) {
      return Hearing.refuse(
          Reason.WRONG_SLOT,
          "it offers a key for epoch %s, but epoch %s is under way"
              .formatted(statement.epoch(), phase.epoch().id()));
    }
    return phase.epoch().early().containsKey(author)
        ? hearing.second("its key for epoch " + statement.epoch())
        : new Ruling.Counted(
            hearing
                .federation()
                .with(phase.with(phase.epoch().withEarly(author, statement.key()))));
  }

  Ruling keySeal(KeySeal statement) {
    if (!(phase.stage() instanceof Stage.Sealing stage) || !hearing.isNow(statement.epoch())) {
      return hearing.wrongSlot("no key agreements of epoch " + statement.epoch());
    }
    if (!stage.offers().containsKey(author)) {
      return Hearing.refuse(
          Reason.NOT_IN_COHORT, "%s offered no key for this epoch".formatted(author));
    }
    if (stage.seals().containsKey(author)) {
      return hearing.second("its encapsulations for epoch " + statement.epoch());
    }
    if (!statement.offers().equals(stage.digest())) {
      return Hearing.refuse(
          Reason.WRONG_DIGEST, "it answers other key offers than those that count");
    }
    int expected = stage.candidates().encapsulatedBy(author).size();
    return statement.ciphertexts().size() != expected
        ? Hearing.wrongCount("encapsulations", statement.ciphertexts().size(), expected)
        : hearing.to(stage.with(author, statement.ciphertexts()));
  }

  Ruling keyDeal(KeyDeal statement) {
    if (!(phase.stage() instanceof Stage.Dealing stage)
        || !hearing.isNow(statement.epoch())
        || statement.attempt() != stage.attempt()) {
      return hearing.wrongSlot(
          "no epoch key of epoch %s, attempt %d".formatted(statement.epoch(), statement.attempt()));
    }
    Roster roster = phase.epoch().members();
    MemberId dealer = roster.dealer(stage.attempt());
    if (!author.equals(dealer)) {
      return Hearing.refuse(
          Reason.NOT_IN_COHORT, "it is for %s to deal the epoch key now".formatted(dealer));
    }
    if (statement.boxes().size() != roster.size() - 1) {
      return Hearing.wrongCount("boxes", statement.boxes().size(), roster.size() - 1);
    }
    int past = EpochKeys.pastLength(phase.epoch().past().size());
    if (statement.past().length() != past) {
      return Hearing.wrongCount("bytes of past keys", statement.past().length(), past);
    }
    Epoch epoch = phase.epoch().withKey(Optional.of(statement.key()));
    hearing.events().add(new Event.KeyDealt(roster, author, statement, epoch.past()));
    Stage next =
        ConfidentialProgress.firstStage(hearing.charter(), stage.attempt(), hearing.entry().time());
    return new Ruling.Counted(hearing.federation().with(phase.with(epoch).with(next)));
  }

  Ruling complaint(Complaint statement) {
    Epoch epoch = phase.epoch();
    int attempt = attemptWithComplaints();
    if (attempt < 0
        || !hearing.isNow(statement.epoch())
        || !epoch.key().equals(Optional.of(statement.key()))) {
      return hearing.wrongSlot("no complaint about that epoch key");
    }
    if (!epoch.members().contains(author)) {
      return hearing.notInRoster();
    }
    if (epoch.complained().contains(author)) {
      return hearing.second("a complaint in epoch " + statement.epoch());
    }
    LedgerTime end =
        hearing.entry().time().plus(hearing.charter().rules().secrecy().orElseThrow().step());
    Stage again = new Stage.Dealing(end, attempt + 1);
    hearing
        .events()
        .add(
            new Event.SlotAbandoned(
                phase.slot(),
                phase.task(hearing.charter()),
                "%s could not read the epoch key, so the next member deals another"
                    .formatted(author)));
    return new Ruling.Counted(
        hearing
            .federation()
            .with(
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
}
