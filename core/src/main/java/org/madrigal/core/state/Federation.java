package org.madrigal.core.state;

import org.madrigal.core.protocol.Charter;

/**
 * A founded federation.
 *
 * @param charter what its members signed up to
 * @param membership who takes part
 * @param phase how far it has come
 */
public record Federation(Charter charter, Membership membership, Phase phase) {

  Federation with(Membership changed) {
    return new Federation(charter, changed, phase);
  }

  /** The attachments off the ledger of the window that is open. */
  public Elsewhere elsewhere() {
    return switch (phase) {
      case Phase.AwaitingModel awaiting -> awaiting.elsewhere();
      case Phase.Training training -> training.open().elsewhere();
      case Phase.Confidential confidential ->
          switch (confidential.stage()) {
            case Stage.Masking stage -> stage.elsewhere();
            case Stage.Collecting stage -> stage.elsewhere();
            case Stage.Offering stage -> Elsewhere.NONE;
            case Stage.Sealing stage -> Elsewhere.NONE;
            case Stage.Dealing stage -> Elsewhere.NONE;
            case Stage.Committing stage -> Elsewhere.NONE;
            case Stage.Unmasking stage -> Elsewhere.NONE;
          };
      case Phase.Enrolling enrolling -> Elsewhere.NONE;
      case Phase.Finished finished -> Elsewhere.NONE;
      case Phase.Closed closed -> Elsewhere.NONE;
      case Phase.Halted halted -> Elsewhere.NONE;
    };
  }

  /** The same with other attachments in the window that is open. */
  Federation with(Elsewhere more) {
    return switch (phase) {
      case Phase.AwaitingModel awaiting -> with(new Phase.AwaitingModel(awaiting.since(), more));
      case Phase.Training training -> with(training.with(training.open().with(more)));
      case Phase.Confidential confidential ->
          switch (confidential.stage()) {
            case Stage.Masking stage -> with(confidential.with(stage.with(more)));
            case Stage.Collecting stage -> with(confidential.with(stage.with(more)));
            case Stage.Offering stage -> this;
            case Stage.Sealing stage -> this;
            case Stage.Dealing stage -> this;
            case Stage.Committing stage -> this;
            case Stage.Unmasking stage -> this;
          };
      case Phase.Enrolling enrolling -> this;
      case Phase.Finished finished -> this;
      case Phase.Closed closed -> this;
      case Phase.Halted halted -> this;
    };
  }

  Federation with(Phase changed) {
    return new Federation(charter, membership, changed);
  }
}
