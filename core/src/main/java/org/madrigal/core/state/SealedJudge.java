package org.madrigal.core.state;

import java.util.List;
import java.util.Optional;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement.SealedUpdate;

/** Judges updates that only members can read. Decides by what everybody can see. */
final class SealedJudge {

  private final Federation federation;
  private final Phase.Confidential phase;
  private final Entry entry;
  private final MemberId author;
  private final EpochKeys keys;
  private final List<Event> events;
  private final Refusals refusals;

  SealedJudge(
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
    refusals = new Refusals(phase, author);
  }

  Ruling sealedUpdate(SealedUpdate statement) {
    if (!(phase.stage() instanceof Stage.Collecting stage)
        || !statement.round().equals(phase.round())) {
      return Refusals.refuse(
          Reason.WRONG_ROUND,
          "it belongs to round %s, which takes no updates now".formatted(statement.round()));
    }
    if (!phase.epoch().members().contains(author)) {
      return refusals.notInRoster();
    }
    if (stage.updates().models().containsKey(author)) {
      return refusals.second("its update for round " + statement.round());
    }
    if (!phase.epoch().key().equals(Optional.of(statement.key()))) {
      return Refusals.refuse(
          Reason.WRONG_DIGEST, "it is sealed under another key than that of the epoch");
    }
    SealedUpdates more =
        new Revelation(charter(), phase, keys, events)
            .collect(
                stage.updates(), author, statement, entry.attachment().orElseThrow().content());
    return to(new Stage.Collecting(stage.deadline(), stage.attempt(), more));
  }

  private Charter charter() {
    return federation.charter();
  }

  private Ruling to(Stage stage) {
    return new Ruling.Counted(federation.with(phase.with(stage)));
  }
}
