package org.madrigal.core.state;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Charter;

/**
 * The exact weighted sum of the updates of an open round. A value: {@link #plus} leaves this one as
 * it was.
 *
 * <p>Each float32 difference x becomes the integer round(x * 2^f), is multiplied by its member's
 * weight and added in 64 bits. With W the sum of all weights and B the charter's bound, f = min(40,
 * 62 - ceil(log2 W) - log2 B), so that no sum can overflow; integers make the sum independent of
 * the order of the updates. A few updates wait as they came and are folded together, so that memory
 * is O(d) whatever the number of members.
 */
final class UpdateSum {

  private static final int MAX_FRACTION_BITS = 40;
  private static final int MAX_PENDING = 8;

  private final Scale scale;
  private final long[] folded;
  private final long weight;
  private final List<Weighted> pending;

  /**
   * What the charter fixes.
   *
   * @param length the number of parameters
   * @param fractionBits f
   */
  private record Scale(int length, int fractionBits) {}

  private record Weighted(Bytes delta, int weight) {}

  private UpdateSum(Scale scale, long[] folded, long weight, List<Weighted> pending) {
    this.scale = scale;
    this.folded = folded;
    this.weight = weight;
    this.pending = pending;
  }

  /**
   * The sum of no updates.
   *
   * @param length the number of parameters
   * @param totalWeight the sum of all weights that may be added
   * @param bound the largest absolute difference, a power of two
   */
  static UpdateSum empty(int length, long totalWeight, int bound) {
    int weightBits = Long.SIZE - Long.numberOfLeadingZeros(totalWeight - 1);
    int boundBits = Integer.numberOfTrailingZeros(bound);
    int fractionBits = Math.min(MAX_FRACTION_BITS, 62 - weightBits - boundBits);
    return new UpdateSum(new Scale(length, fractionBits), new long[0], 0, List.of());
  }

  /** The sum of no updates of the members of {@code charter}. */
  static UpdateSum empty(Charter charter) {
    return empty(charter.layout().length(), charter.totalWeight(), charter.rules().bound());
  }

  /** The first index at which {@code delta} is not finite or beyond {@code bound}, if any. */
  static OptionalInt firstOutOfBound(Bytes delta, float bound) {
    int length = delta.length() / Float.BYTES;
    float[] block = new float[Math.min(length, MeanUpdate.BLOCK)];
    for (int from = 0; from < length; from += MeanUpdate.BLOCK) {
      int count = Math.min(MeanUpdate.BLOCK, length - from);
      delta.copyFloats(from, count, block);
      if (!(largest(block, count) <= bound)) {
        return OptionalInt.of(from + firstBeyond(bound, block));
      }
    }
    return OptionalInt.empty();
  }

  /** The largest absolute value; not a number if any of them is none. */
  private static float largest(float[] block, int count) {
    float largest = 0;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, Math.abs(block[i]));
    }
    return largest;
  }

  private static int firstBeyond(float bound, float[] block) {
    int i = 0;
    while (Math.abs(block[i]) <= bound) {
      i++;
    }
    return i;
  }

  /** This sum and one more update, which has the right length and is within the bound. */
  UpdateSum plus(Bytes delta, int memberWeight) {
    List<Weighted> more =
        Stream.concat(pending.stream(), Stream.of(new Weighted(delta, memberWeight))).toList();
    UpdateSum sum = new UpdateSum(scale, folded, weight + memberWeight, more);
    return more.size() < MAX_PENDING
        ? sum
        : new UpdateSum(scale, sum.fold(), sum.weight, List.of());
  }

  /** The weighted mean; there must be at least one update. */
  MeanUpdate mean() {
    double divisor = StrictMath.scalb((double) weight, scale.fractionBits());
    Folding folding = new Folding();
    return (from, count, into) -> {
      long[] sum = folding.block(from, count);
      for (int i = 0; i < count; i++) {
        into[i] = sum[i] / divisor;
      }
    };
  }

  private long[] fold() {
    long[] sum = new long[scale.length()];
    Folding folding = new Folding();
    for (int from = 0; from < sum.length; from += MeanUpdate.BLOCK) {
      int count = Math.min(MeanUpdate.BLOCK, sum.length - from);
      System.arraycopy(folding.block(from, count), 0, sum, from, count);
    }
    return sum;
  }

  /** Folds what is pending into the sum, block by block, with the room that this takes. */
  private final class Folding {

    private final double factor = StrictMath.scalb(1.0, scale.fractionBits());
    private final long[] sum = new long[Math.min(MeanUpdate.BLOCK, scale.length())];
    private final float[] delta = new float[sum.length];

    /** The sums from {@code from} on, in an array that the next call changes. */
    long[] block(int from, int count) {
      if (folded.length == 0) {
        Arrays.fill(sum, 0, count, 0);
      } else {
        System.arraycopy(folded, from, sum, 0, count);
      }
      for (Weighted update : pending) {
        update.delta().copyFloats(from, count, delta);
        add(sum, delta, count, factor, update.weight());
      }
      return sum;
    }

    private static void add(long[] sum, float[] delta, int count, double factor, long weight) {
      for (int i = 0; i < count; i++) {
        sum[i] += (long) Math.rint(delta[i] * factor) * weight;
      }
    }
  }
}
