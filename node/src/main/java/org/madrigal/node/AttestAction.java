package org.madrigal.node;

import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Statement.Attestation;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.trainer.Trainer;

/**
 * Says that the final model was computed and, where updates travel in the open, how good it is on
 * the member's test rows.
 */
record AttestAction(Charter charter, Trainer trainer, GlobalModel model) implements Action {

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Draft prepare() throws InterruptedException {
    if (charter.rules().privacy() != Privacy.NONE) {
      return Draft.of(new Attestation(model.round(), model.digest(), Metrics.NONE));
    }
    Measurements measurements = new Measurements().test(trainer, model.parameters());
    return Draft.of(new Attestation(model.round(), model.digest(), measurements.toMetrics()));
  }
}
