package org.madrigal.core.state;

import java.util.List;
import java.util.stream.Stream;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.secagg.Ring;
import org.madrigal.core.secagg.RingVector;

/**
 * The sum of masked updates in the ring. A value: {@link #plus} leaves this one as it was. A few
 * updates wait as they came and are folded together, so that memory is O(d) whatever the number of
 * members.
 */
final class MaskedSum {

  private static final int MAX_PENDING = 8;

  private final RingVector folded;
  private final List<Bytes> pending;

  private MaskedSum(RingVector folded, List<Bytes> pending) {
    this.folded = folded;
    this.pending = pending;
  }

  /** The sum of no updates of {@code length} coordinates. */
  static MaskedSum empty(Ring ring, int length) {
    return new MaskedSum(RingVector.zero(ring, length), List.of());
  }

  /** This sum and one more update, which is known to be packed as it must be. */
  MaskedSum plus(Bytes packed) {
    List<Bytes> more = Stream.concat(pending.stream(), Stream.of(packed)).toList();
    MaskedSum sum = new MaskedSum(folded, more);
    return more.size() < MAX_PENDING ? sum : new MaskedSum(sum.value(), List.of());
  }

  /** The sum. */
  RingVector value() {
    return pending.isEmpty() ? folded : folded.plusPacked(pending);
  }
}
