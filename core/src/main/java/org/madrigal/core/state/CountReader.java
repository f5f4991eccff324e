package org.madrigal.core.state;

import java.util.ArrayList;
import java.util.List;
import org.madrigal.core.secagg.CountTotal;
import org.madrigal.core.secagg.Digits;
import org.madrigal.core.secagg.PositiveReal;
import org.madrigal.core.secagg.RealTotal;
import org.madrigal.core.secagg.RingVector;

/** Reads an opened sum from its first coordinate on, one total after the other. */
final class CountReader {

  private final RingVector sum;
  private final int members;
  private int at;

  CountReader(RingVector sum, int members) {
    this.sum = sum;
    this.members = members;
  }

  /** A total that no honest members give. */
  static final class GarbageException extends Exception {
    private static final long serialVersionUID = 1;

    GarbageException(String reason) {
      super(reason);
    }
  }

  long count(Digits digits) throws GarbageException {
    return switch (digits.decode(sum, at, members)) {
      case CountTotal.Of(long value) -> {
        at += digits.length();
        yield value;
      }
      case CountTotal.Discarded discarded -> throw outOfRange(discarded.index());
    };
  }

  List<Long> counts(Digits digits, int length) throws GarbageException {
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      counts.add(count(digits));
    }
    return counts;
  }

  double real(PositiveReal coding) throws GarbageException {
    return switch (coding.decode(sum, at, members)) {
      case RealTotal.Of(double value) -> {
        at += coding.length();
        yield value;
      }
      case RealTotal.Discarded discarded -> throw outOfRange(discarded.index());
    };
  }

  /** Requires what holds for every member's numbers, and so for their sum. */
  static void require(boolean holds, String claim) throws GarbageException {
    if (!holds) {
      throw new GarbageException("it is not so that %s: somebody sent garbage".formatted(claim));
    }
  }

  private static GarbageException outOfRange(int index) {
    return new GarbageException(
        "value %d of the sum is out of range: somebody sent garbage".formatted(index));
  }
}
