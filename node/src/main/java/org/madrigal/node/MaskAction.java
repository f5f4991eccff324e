package org.madrigal.node;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.member.SlotWork;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.secagg.MaskContext;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.state.SlotCoding;
import org.madrigal.core.state.SlotPlan;
import org.madrigal.core.state.SlotTask;

/**
 * Does what a slot is for, and masks the result. Tried again, it may mask another one under the
 * same secrets: only one of them is ever signed, and no other leaves the node.
 *
 * @param input what the member gives
 * @param plan the slot
 * @param work the member's secrets in it
 * @param epochKey the epoch key
 * @param random draws the seed of stochastic rounding
 */
record MaskAction(
    SlotInput input, SlotPlan plan, SlotWork work, Secret epochKey, RandomGenerator random)
    implements Action {

  private static final int SEED_LENGTH = 32;

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Draft prepare() throws InterruptedException {
    Secret chance = Secret.draw(SEED_LENGTH, random);
    RingVector encoded;
    try {
      encoded = input.encode(plan, chance);
    } finally {
      chance.erase();
    }
    SlotTask task = input.task();
    Digest model = input.model().digest();
    MaskContext context =
        SlotCoding.of(input.identity().charter(), task).context(plan, task, model);
    RingVector masked = work.mask(plan, encoded, context, epochKey);
    Attachment attachment = Attachment.of(masked.pack());
    return new Draft(
        new MaskedUpdate(plan.slot(), task.number(), plan.digest(), model, attachment.ref()),
        Optional.of(attachment));
  }
}
