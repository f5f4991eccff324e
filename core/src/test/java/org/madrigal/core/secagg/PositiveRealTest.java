package org.madrigal.core.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class PositiveRealTest {

  private static final FixedPoint SCALE = new FixedPoint(19, 4, 100);
  private static final PositiveReal REALS = PositiveReal.of(SCALE, 24, 30);

  @Test
  void sumsAreOffByNoMoreThanTheStatedError() {
    Random random = new Random(1);
    for (int members : new int[] {1, 3, 100}) {
      RingVector sum = RingVector.zero(SCALE.ring(), REALS.length());
      double expected = 0;
      for (int member = 0; member < members; member++) {
        double number = random.nextDouble() * (member % 2 == 0 ? 1 : 1000);
        expected += number;
        sum = sum.plus(REALS.encode(number));
      }
      double total = ((RealTotal.Of) REALS.decode(sum, 0, members)).value();
      assertThat(total).isCloseTo(expected, within(members * REALS.error() + 1e-10));
    }
  }

  @Test
  void clipsWhatIsTooLarge() {
    double most = Math.scalb(1.0, 24) - Math.scalb(1.0, -30);

    for (double large : new double[] {most, 1e9, Double.MAX_VALUE, Double.POSITIVE_INFINITY}) {
      assertThat(REALS.decode(REALS.encode(large), 0, 1)).isEqualTo(new RealTotal.Of(most));
    }
    assertThat(REALS.decode(REALS.encode(0), 0, 1)).isEqualTo(new RealTotal.Of(0));
  }

  @Test
  void refusesNegativeNumbersAndNaN() {
    for (double wrong : new double[] {-1e-9, Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> REALS.encode(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not 0 or more");
    }
    assertThatThrownBy(() -> PositiveReal.of(SCALE, 40, 23)).hasMessageContaining("62 bits");
  }

  @Test
  void digitsOutOfRangeInEitherPartDiscardTheNumber() {
    RingVector honest = REALS.encode(1.5);
    for (int at = 0; at < REALS.length(); at++) {
      long[] wrong = new long[REALS.length()];
      wrong[at] = -(1L << 21);
      assertThat(REALS.decode(honest.plus(RingVector.of(SCALE.ring(), wrong)), 0, 1))
          .isInstanceOf(RealTotal.Discarded.class);
    }
  }
}
