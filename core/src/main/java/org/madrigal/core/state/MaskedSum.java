package org.madrigal.core.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.secagg.Ring;
import org.madrigal.core.secagg.RingVector;

/**
 * The sum of masked updates in the ring. A value: {@link #plus} leaves this one as it was. A few
 * updates wait as they came and are folded together, so that memory is O(d) whatever the number of
 * members. Those that lie off the ledger are added when the sum is asked for.
 */
final class MaskedSum {

  private static final int MAX_PENDING = 8;

  private final RingVector folded;
  private final List<Bytes> pending;
  private final List<Named> elsewhere;

  private MaskedSum(RingVector folded, List<Bytes> pending, List<Named> elsewhere) {
    this.folded = folded;
    this.pending = pending;
    this.elsewhere = elsewhere;
  }

  /** The sum of no updates of {@code length} coordinates. */
  static MaskedSum empty(Ring ring, int length) {
    return new MaskedSum(RingVector.zero(ring, length), List.of(), List.of());
  }

  /** This sum and one more update, which is known to be packed as it must be. */
  MaskedSum plus(Bytes packed) {
    List<Bytes> more = append(pending, packed);
    MaskedSum sum = new MaskedSum(folded, more, elsewhere);
    return more.size() < MAX_PENDING ? sum : new MaskedSum(sum.onLedger(), List.of(), elsewhere);
  }

  /** This sum and one more update, which has the length that it must have. */
  MaskedSum plus(Named named) {
    return new MaskedSum(folded, pending, append(elsewhere, named));
  }

  /**
   * The sum; empty where attachments are not at hand. What has the right length is an update: bits
   * behind the last element are not looked at, for nobody could judge them without the bytes.
   */
  Optional<RingVector> value(Means means) {
    RingVector sum = onLedger();
    List<Bytes> some = new ArrayList<>();
    for (Named named : elsewhere) {
      means
          .find(named)
          .ifPresent(
              found -> some.add(RingVector.withoutRest(folded.ring(), found, folded.length())));
      if (some.size() == MAX_PENDING) {
        sum = sum.plusPacked(some);
        some.clear();
      }
    }
    return means.missing().isEmpty() ? Optional.of(sum.plusPacked(some)) : Optional.empty();
  }

  private RingVector onLedger() {
    return pending.isEmpty() ? folded : folded.plusPacked(pending);
  }

  private static <T> List<T> append(List<T> list, T last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }
}
