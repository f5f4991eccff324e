package org.madrigal.node;

import java.util.Optional;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.Statement.SealedUpdate;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.SealedForm;

/** Trains from the global model and makes the update that only members can read. */
record SealedTrainAction(RoundTraining training, EpochId epoch, Secret epochKey) implements Action {

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Draft prepare() throws InterruptedException {
    Identity identity = training.identity();
    Attachment attachment =
        Attachment.of(
            SealedForm.seal(
                epochKey,
                identity.federation(),
                epoch,
                training.round(),
                identity.member(),
                training.run().delta().toBytes()));
    return new Draft(
        new SealedUpdate(
            training.round(),
            EpochKeys.digestOf(epochKey),
            training.global().digest(),
            attachment.ref()),
        Optional.of(attachment));
  }
}
