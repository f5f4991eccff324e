package org.madrigal.core.state;

import java.util.Optional;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement.SealedUpdate;

/** Judges updates that only members can read. Decides by what everybody can see. */
final class SealedJudge {

  private final Hearing hearing;
  private final Phase.Confidential phase;
  private final MemberId author;
  private final EpochKeys keys;

  SealedJudge(Hearing hearing, EpochKeys keys) {
    this.hearing = hearing;
    phase = hearing.phase();
    author = hearing.author();
    this.keys = keys;
  }

  Ruling sealedUpdate(SealedUpdate statement) {
    if (!(phase.stage() instanceof Stage.Collecting stage)
        || !statement.round().equals(phase.round())) {
      return Hearing.refuse(
          Reason.WRONG_ROUND,
          "it belongs to round %s, which takes no updates now".formatted(statement.round()));
    }
    if (!phase.epoch().members().contains(author)) {
      return hearing.notInRoster();
    }
    if (stage.updates().models().containsKey(author)) {
      return hearing.second("its update for round " + statement.round());
    }
    if (!phase.epoch().key().equals(Optional.of(statement.key()))) {
      return Hearing.refuse(
          Reason.WRONG_DIGEST, "it is sealed under another key than that of the epoch");
    }
    SealedUpdates more =
        new Revelation(hearing.charter(), phase, keys, hearing.events())
            .collect(
                stage.updates(),
                author,
                statement,
                hearing.entry().attachment().orElseThrow().content());
    return hearing.to(new Stage.Collecting(stage.deadline(), stage.attempt(), more));
  }
}
