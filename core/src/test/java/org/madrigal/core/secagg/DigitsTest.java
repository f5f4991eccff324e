package org.madrigal.core.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class DigitsTest {

  private static final FixedPoint NARROW = new FixedPoint(8, 1, 100);

  @Test
  void sumsOfCountsComeBackExactly() {
    Random random = new Random(1);
    for (int valueBits : new int[] {1, 7, 8, 20, 40, Digits.MAX_VALUE_BITS}) {
      for (FixedPoint scale : new FixedPoint[] {NARROW, new FixedPoint(19, 1, 100)}) {
        Digits digits = new Digits(scale, valueBits);
        RingVector sum = RingVector.zero(scale.ring(), digits.length());
        long expected = 0;
        for (int member = 0; member < 100; member++) {
          long count = member < 20 ? digits.largest() : random.nextLong(digits.largest() + 1);
          expected += count;
          sum = sum.plus(digits.encode(count));
        }
        assertThat(digits.decode(sum, 0, 100)).isEqualTo(new CountTotal.Of(expected));
      }
    }
  }

  @Test
  void everyMembersLargestCountStillFits() {
    for (long weight : new long[] {3, 100, 300, 1L << 18}) {
      Digits digits = new Digits(FixedPoint.widest(1, weight), Digits.MAX_VALUE_BITS);
      RingVector one = digits.encode(digits.largest());
      long[] sum = new long[digits.length()];
      for (int i = 0; i < sum.length; i++) {
        sum[i] = one.at(i) * weight;
      }
      assertThat(digits.decode(RingVector.of(one.ring(), sum), 0, (int) weight))
          .isEqualTo(new CountTotal.Of(weight * digits.largest()));
    }
  }

  @Test
  void countsAreNoWiderThanTheValuesBesideThem() {
    assertThat(new Digits(NARROW, 40).length()).isEqualTo(6);
    assertThat(new Digits(FixedPoint.widest(1, 10), 40).length()).isEqualTo(2);
  }

  @Test
  void negativeAndTooLargeDigitsDiscardTheCount() {
    Digits digits = new Digits(NARROW, 10);
    RingVector honest = digits.encode(1023).plus(digits.encode(0));

    assertThat(digits.decode(honest, 0, 2)).isEqualTo(new CountTotal.Of(1023));
    assertThat(digits.decode(honest.plus(RingVector.of(NARROW.ring(), -128, 0)), 0, 2))
        .isEqualTo(new CountTotal.Discarded(0, -1, 254));
    assertThat(digits.decode(honest.plus(RingVector.of(NARROW.ring(), 0, 8)), 0, 2))
        .as("the last digit has three bits")
        .isEqualTo(new CountTotal.Discarded(1, 15, 14));
  }

  @Test
  void readsItsPlaceInALargerVector() {
    Digits digits = new Digits(NARROW, 14);
    RingVector sum = RingVector.of(NARROW.ring(), -5, 99_999, 3, 1, -7);
    assertThat(digits.decode(sum, 2, 1)).isEqualTo(new CountTotal.Of(3 + 128));
  }

  @Test
  void refusesCountsThatHaveNoDigits() {
    Digits digits = new Digits(NARROW, 10);
    for (long wrong : new long[] {-1, 1024}) {
      assertThatThrownBy(() -> digits.encode(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0 to 1023, not " + wrong);
    }
    assertThatThrownBy(() -> new Digits(NARROW, 45)).hasMessageContaining("1 to 44 bits, not 45");
  }

  @Test
  void boundedRealsSumWithinTheirStep() {
    BoundedReal loss = new BoundedReal(-2, 14, new Digits(NARROW, 30));
    Random random = new Random(3);
    RingVector sum = RingVector.zero(NARROW.ring(), loss.digits().length());
    double expected = 0;
    for (int member = 0; member < 50; member++) {
      double number = random.nextDouble() * 30 - 8;
      expected += Math.clamp(number, -2, 14);
      sum = sum.plus(loss.encode(number));
    }
    RealTotal.Of total = (RealTotal.Of) loss.decode(sum, 0, 50);

    assertThat(total.value()).isCloseTo(expected, within(50 * 8.0 / ((1L << 30) - 1) + 1e-9));
    assertThat(loss.decode(RingVector.of(NARROW.ring(), -1, 0, 0, 0, 0), 0, 50))
        .isEqualTo(new RealTotal.Discarded(0, -1, 50 * 127));
    assertThatThrownBy(() -> loss.encode(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new BoundedReal(1, 1, loss.digits()))
        .hasMessageContaining("from 1.0 to 1.0");
  }
}
