package org.madrigal.core.state;

import java.util.Optional;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.secagg.FixedPoint;
import org.madrigal.core.secagg.MaskContext;
import org.madrigal.core.secagg.Ring;

/**
 * How what a member gives to a slot becomes coordinates of a ring, and their sum becomes what the
 * members learn together.
 */
public sealed interface SlotCoding permits MaskedCoding, StatisticsCoding, EvaluationCoding {

  /** The bits of counts of rows: one member has fewer than 2^24 rows. */
  int ROW_BITS = 24;

  /** The coding of a task of a charter whose updates are masked. */
  static SlotCoding of(Charter charter, SlotTask task) {
    return switch (task) {
      case SlotTask.Statistics statistics -> new StatisticsCoding(charter);
      case SlotTask.Training training -> new MaskedCoding(charter);
      case SlotTask.Evaluation evaluation -> new EvaluationCoding(charter);
    };
  }

  /** The number of bytes of the longest masked vector that a charter asks for. */
  static long longest(Charter charter) {
    long longest = packed(new MaskedCoding(charter));
    if (charter.federatedTable().isPresent()) {
      longest = Math.max(longest, packed(new StatisticsCoding(charter)));
    }
    return charter.training().evaluation()
        ? Math.max(longest, packed(new EvaluationCoding(charter)))
        : longest;
  }

  private static long packed(SlotCoding coding) {
    return coding.ring().packedLength(coding.length());
  }

  /** The charter. */
  Charter charter();

  /** The scale of the coordinates. */
  FixedPoint scale();

  /** The number of coordinates. */
  int length();

  /** The ring. */
  default Ring ring() {
    return scale().ring();
  }

  /**
   * What the masks of a slot are bound to: all that members must agree on for them to cancel.
   *
   * @param plan the slot
   * @param task what it works for
   * @param model the digest of the global model
   */
  default MaskContext context(SlotPlan plan, SlotTask task, Digest model) {
    return MaskContext.of(
        plan.id(), task.digest(), Optional.of(model), charter().id().digest(), scale());
  }

  /** The scale on which a charter puts everything that is masked. */
  static FixedPoint scale(Charter charter) {
    return new FixedPoint(
        charter.rules().secrecy().orElseThrow().bits(),
        charter.rules().bound(),
        charter.totalWeight());
  }
}
