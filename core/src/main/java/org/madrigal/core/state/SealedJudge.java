package org.madrigal.core.state;

import java.util.Optional;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement.SealedUpdate;

/** Judges updates that only members can read. Decides by what everybody can see. */
final class SealedJudge {

  private final Hearing hearing;
  private final Phase.Confidential phase;
  private final MemberId author;
  private final Means means;

  SealedJudge(Hearing hearing, Means means) {
    this.hearing = hearing;
    phase = hearing.phase();
    author = hearing.author();
    this.means = means;
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
    if (stage.sent().contains(author)) {
      return hearing.second("its update for round " + statement.round());
    }
    if (!phase.epoch().key().equals(Optional.of(statement.key()))) {
      return Hearing.refuse(
          Reason.WRONG_DIGEST, "it is sealed under another key than that of the epoch");
    }
    if (hearing.charter().keepsOffLedger(statement.sealed())) {
      long expected = SealedForm.length(hearing.charter());
      return statement.sealed().length() == expected
          ? hearing.to(
              stage.with(stage.elsewhere().with(hearing.named(statement, statement.sealed()))))
          : Hearing.refuse(
              Reason.WRONG_LENGTH,
              "the attachment has %d bytes; a sealed update has %d"
                  .formatted(statement.sealed().length(), expected));
    }
    SealedUpdates more =
        new Revelation(hearing.charter(), phase, means, hearing.events())
            .collect(
                stage.updates(),
                author,
                statement,
                hearing.entry().attachment().orElseThrow().content());
    return hearing.to(stage.with(more));
  }
}
