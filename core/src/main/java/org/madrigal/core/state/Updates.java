package org.madrigal.core.state;

import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Aggregation;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.robust.Clipping;

/**
 * The updates of an open round that can be read, on their way to become one. A value: {@link #plus}
 * leaves this one as it was. What comes out does not depend on the order in which they came.
 */
sealed interface Updates {

  /** This and one more update, which has the right length and is within the bound. */
  Updates plus(MemberId author, Bytes delta);

  /** The one update; there must be as many as the charter's aggregation needs. */
  MeanUpdate mean();

  /**
   * No updates.
   *
   * @param charter what the members agreed on
   * @param model the model that the round starts from
   * @param optimiser the strategy before the round
   */
  static Updates none(Charter charter, GlobalModel model, ServerOptimiser optimiser) {
    Aggregation aggregation = charter.training().aggregation();
    Updates none =
        aggregation.rule() instanceof Aggregation.Mean
            ? new Summed(charter, UpdateSum.empty(charter))
            : new Kept(UpdateSet.empty(charter, model, optimiser));
    Optional<Double> clip = aggregation.clip();
    return clip.isPresent() ? new Clipped(none, clip.get()) : none;
  }

  /**
   * Added up at once.
   *
   * @param charter how much each counts
   * @param sum the sum
   */
  record Summed(Charter charter, UpdateSum sum) implements Updates {
    @Override
    public Updates plus(MemberId author, Bytes delta) {
      return new Summed(charter, sum.plus(delta, charter.weightOf(author)));
    }

    @Override
    public MeanUpdate mean() {
      return sum.mean();
    }
  }

  /**
   * Cut to a largest norm first.
   *
   * @param cut those that came so far, cut
   * @param norm the largest norm
   */
  record Clipped(Updates cut, double norm) implements Updates {
    @Override
    public Updates plus(MemberId author, Bytes delta) {
      return new Clipped(cut.plus(author, Clipping.clip(delta, norm)), norm);
    }

    @Override
    public MeanUpdate mean() {
      return cut.mean();
    }
  }

  /**
   * All kept, for a rule that compares them.
   *
   * @param set the updates
   */
  record Kept(UpdateSet set) implements Updates {
    @Override
    public Updates plus(MemberId author, Bytes delta) {
      return new Kept(set.plus(author, delta));
    }

    @Override
    public MeanUpdate mean() {
      return set.mean();
    }
  }
}
