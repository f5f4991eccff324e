package org.madrigal.core.secagg;

import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Mask;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.crypto.Secret;

/**
 * What every mask of a slot is bound to. Members that were told another task, model, layout or
 * scale have masks that do not cancel: the sum opens to noise instead of to somebody's update.
 *
 * @param slot the attempt
 * @param binding the digest of task, model, layout and scale
 * @param ring of the masked vectors
 */
public record MaskContext(SlotId slot, Digest binding, Ring ring) {

  /**
   * Binds to all that decides what a masked vector means.
   *
   * @param task the digest of the task's content
   * @param model the digest of the global model, where the task has one
   * @param layout the digest of what stands where in the vector
   */
  public static MaskContext of(
      SlotId slot, Digest task, Optional<Digest> model, Digest layout, FixedPoint scale) {
    Purpose binding =
        Purpose.of("madrigal/mask-binding/1")
            .with(task)
            .with(model.map(Digest::value).orElse(Bytes.EMPTY))
            .with(layout)
            .with(scale.ring().bits())
            .with(scale.bits())
            .with(Double.doubleToLongBits(scale.bound()))
            .with(scale.totalWeight());
    return new MaskContext(slot, binding.digest(), scale.ring());
  }

  /** The mask of one member: PRG(HKDF(b_u || K)), or PRG(HKDF(b_u)) without an epoch key. */
  Mask self(int member, Secret seed, Optional<Secret> epochKey, Mask.Sign sign) {
    Purpose purpose = slot.purpose("self-mask", member).with(binding);
    return new Mask(
        epochKey.map(key -> Secret.concat(seed, key)).orElse(seed),
        purpose.with(epochKey.isPresent() ? 1 : 0),
        sign);
  }

  /** The mask of the pair: {@code member} adds it if its index is the lower one. */
  Mask pair(int member, int peer, Secret seed) {
    if (member == peer) {
      throw new IllegalArgumentException("Member %d has no mask with itself".formatted(member));
    }
    int lower = Math.min(member, peer);
    int upper = Math.max(member, peer);
    return new Mask(
        seed,
        slot.purpose("pair-mask", lower, upper).with(binding),
        member == lower ? Mask.Sign.ADD : Mask.Sign.SUBTRACT);
  }
}
