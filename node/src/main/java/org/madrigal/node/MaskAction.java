package org.madrigal.node;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.member.SlotWork;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.state.MaskedCoding;
import org.madrigal.core.state.SlotPlan;

/**
 * Trains from the global model and masks the update. Tried again, it may mask another update under
 * the same secrets: only one of them is ever signed, and no other leaves the node.
 *
 * @param training the round
 * @param plan the slot
 * @param work the member's secrets in it
 * @param epochKey the epoch key
 * @param random draws the seed of stochastic rounding
 */
record MaskAction(
    RoundTraining training, SlotPlan plan, SlotWork work, Secret epochKey, RandomGenerator random)
    implements Action {

  private static final int SEED_LENGTH = 32;

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Draft prepare() throws InterruptedException {
    RoundTraining.Result result = training.run();
    MaskedCoding coding = new MaskedCoding(training.identity().charter());
    Secret chance = Secret.draw(SEED_LENGTH, random);
    RingVector encoded =
        coding.encode(
            result.delta().toBytes(),
            training.identity().member(),
            result.metrics(),
            plan.id(),
            chance);
    chance.erase();
    MaskedCoding.Task task = new MaskedCoding.Task(training.round(), training.global().digest());
    RingVector masked = work.mask(plan, encoded, coding.context(plan, task), epochKey);
    Attachment attachment = Attachment.of(masked.pack());
    return new Draft(
        new MaskedUpdate(
            plan.slot(), training.round(), plan.digest(), task.model(), attachment.ref()),
        Optional.of(attachment));
  }
}
