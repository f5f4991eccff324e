package org.madrigal.node;

import java.util.Optional;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Statement.Update;

/** Trains from the global model and makes the update that everybody can read. */
record TrainAction(RoundTraining training) implements Action {

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Draft prepare() throws InterruptedException {
    RoundTraining.Result result = training.run();
    Attachment attachment = Attachment.of(result.delta().toBytes());
    return new Draft(
        new Update(
            training.round(), training.global().digest(), attachment.ref(), result.metrics()),
        Optional.of(attachment));
  }
}
