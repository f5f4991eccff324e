package org.madrigal.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.model.Parameters;

final class UpdateSumTest {

  private static final int LENGTH = 17;

  @Test
  void theOrderOfTheUpdatesDoesNotMatterToTheBit() {
    Random random = new Random(1);
    List<Parameters> updates = draw(random, 23, 256);
    double[] mean = mean(updates, 256);
    for (int i = 0; i < 10; i++) {
      Collections.shuffle(updates, random);
      assertThat(mean(updates, 256)).isEqualTo(mean);
    }
  }

  @Test
  void agreesWithExactArithmetic() {
    List<Parameters> updates = draw(new Random(2), 9, 2);
    double[] mean = mean(updates, 2);
    for (int i = 0; i < LENGTH; i++) {
      BigDecimal exact = BigDecimal.ZERO;
      for (Parameters update : updates) {
        exact = exact.add(new BigDecimal(update.at(i)));
      }
      exact = exact.divide(BigDecimal.valueOf(updates.size()), MathContext.DECIMAL64);
      assertThat(new BigDecimal(mean[i]).subtract(exact).abs()).isLessThan(new BigDecimal("1e-12"));
    }
  }

  @Test
  void theLargestUpdatesOfAllMembersDoNotOverflow() {
    int bound = 1 << 20;
    int weight = 1 << 14;
    int members = 256;
    UpdateSum sum = UpdateSum.empty(2, (long) weight * members, bound);
    for (int i = 0; i < members; i++) {
      sum = sum.plus(Parameters.of(bound, -bound).toBytes(), weight);
    }
    assertThat(read(sum, 2)).containsExactly(bound, -bound);
  }

  @Test
  void isAValue() {
    UpdateSum one = UpdateSum.empty(1, 20, 1).plus(Parameters.of(1).toBytes(), 1);
    UpdateSum longer = one;
    for (int i = 0; i < 19; i++) {
      longer = longer.plus(Parameters.of(0).toBytes(), 1);
    }
    assertThat(read(one, 1)).containsExactly(1.0);
    assertThat(read(longer, 1)).containsExactly(0.05);
    assertThat(read(one.plus(Parameters.of(0).toBytes(), 3), 1)).containsExactly(0.25);
  }

  @Test
  void findsTheFirstNumberBeyondTheBound() {
    Bytes delta = Parameters.of(1, -2, 2.1f, Float.NaN, Float.POSITIVE_INFINITY).toBytes();
    assertThat(UpdateSum.firstOutOfBound(delta, 3)).isEqualTo(OptionalInt.of(3));
    assertThat(UpdateSum.firstOutOfBound(delta, 2)).isEqualTo(OptionalInt.of(2));
    assertThat(UpdateSum.firstOutOfBound(delta, 1)).isEqualTo(OptionalInt.of(1));
    assertThat(UpdateSum.firstOutOfBound(Parameters.of(1, -1).toBytes(), 1)).isEmpty();
  }

  @Test
  void findsItWhereverItStands() {
    float[] delta = new float[2 * MeanUpdate.BLOCK + 3];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = i % 2 == 0 ? 4 : -4;
    }
    assertThat(UpdateSum.firstOutOfBound(Parameters.of(delta).toBytes(), 4)).isEmpty();
    for (float beyond : new float[] {Math.nextUp(4f), Float.NaN, Float.NEGATIVE_INFINITY}) {
      for (int i = 0; i < delta.length; i++) {
        float within = delta[i];
        delta[i] = beyond;
        assertThat(UpdateSum.firstOutOfBound(Parameters.of(delta).toBytes(), 4)).hasValue(i);
        delta[i] = within;
      }
    }
  }

  @Test
  void everyBlockIsTheSumOfItsOwnCoordinates() {
    int length = 2 * MeanUpdate.BLOCK + 3;
    UpdateSum sum = UpdateSum.empty(length, 100, 1 << 16);
    double[] expected = new double[length];
    for (int update = 0; update < 20; update++) {
      float[] delta = new float[length];
      for (int i = 0; i < length; i++) {
        delta[i] = i - update;
        expected[i] += delta[i] / 20.0;
      }
      sum = sum.plus(Parameters.takeOver(delta).toBytes(), 1);
    }
    assertThat(read(sum, length)).containsExactly(expected, within(1e-9));
  }

  private static List<Parameters> draw(Random random, int count, float bound) {
    List<Parameters> updates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] values = new float[LENGTH];
      for (int j = 0; j < LENGTH; j++) {
        double magnitude = Math.pow(10, -12 * random.nextDouble());
        values[j] = (float) (bound * (2 * random.nextFloat() - 1) * magnitude);
      }
      updates.add(Parameters.of(values));
    }
    return updates;
  }

  private static double[] mean(List<Parameters> updates, int bound) {
    UpdateSum sum = UpdateSum.empty(LENGTH, updates.size(), bound);
    for (Parameters update : updates) {
      sum = sum.plus(update.toBytes(), 1);
    }
    return read(sum, LENGTH);
  }

  private static double[] read(UpdateSum sum, int length) {
    double[] whole = new double[length];
    double[] block = new double[MeanUpdate.BLOCK];
    MeanUpdate mean = sum.mean();
    for (int from = 0; from < length; from += block.length) {
      int count = Math.min(block.length, length - from);
      mean.read(from, count, block);
      System.arraycopy(block, 0, whole, from, count);
    }
    return whole;
  }
}
