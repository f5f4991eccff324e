package org.madrigal.core.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Vectors;

final class FixedPointTest {

  private static final SlotId SLOT = new SlotId(Digest.of(new byte[] {1}));

  @ParameterizedTest
  @CsvSource({
    "8, 3, 16",
    "8, 4, 16",
    "8, 5, 17",
    "8, 100, 21",
    "16, 100, 29",
    "8, 300, 23",
    "26, 1, 32",
    "17, 300, 32"
  })
  void widthLeavesSixGuardBits(int bits, long weight, int width) {
    FixedPoint scale = new FixedPoint(bits, 1, weight);
    assertThat(scale.ring().bits()).isEqualTo(width);
    assertThat(weight * scale.limit()).isLessThanOrEqualTo(1L << (width - 7));
  }

  @Test
  void noHonestSumLeavesItsRange() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      int members = 3 + random.nextInt(298);
      int most = FixedPoint.widest(1, members).bits();
      FixedPoint scale =
          new FixedPoint(8 + random.nextInt(most - 7), random.nextDouble() * 100 + 1e-3, members);
      double extreme = random.nextBoolean() ? Float.MAX_VALUE : -Float.MAX_VALUE;
      RingVector one = scale.encode(Floats.of(extreme), 1);
      long sum = (long) one.signedAt(0) * members;

      assertThat(Math.abs(one.signedAt(0))).isEqualTo((int) scale.limit());
      assertThat(RingVector.of(scale.ring(), sum).signedAt(0)).isEqualTo((int) sum);
      assertThat(scale.decode(RingVector.of(scale.ring(), sum), 0, 1, members))
          .isInstanceOf(Decoded.Sum.class);
      assertThat(scale.decode(RingVector.of(scale.ring(), sum + Long.signum(sum)), 0, 1, members))
          .isEqualTo(new Decoded.OutOfRange(0, sum + Long.signum(sum), members * scale.limit()));
    }
  }

  @Test
  void encodesTheVectors() {
    FixedPoint scale = new FixedPoint(8, 4, 3);
    Bytes numbers = Floats.of(0, 1, -1, 0.015625, 0.046875, 4, -4, 5, -5, 0.1, -3.999);
    assertThat(scale.encode(numbers, 1).pack()).isEqualTo(new Vectors().bytes("mask.encoded"));
    assertThat(
            scale.encodeStochastically(numbers, 1, Vectors.secret(18, 32), RatchetTest.SLOT).pack())
        .isEqualTo(new Vectors().bytes("mask.stochastic"));
  }

  @Test
  void roundsToNearestWithTiesToEven() {
    FixedPoint scale = new FixedPoint(8, 128, 2);
    RingVector encoded = scale.encode(Floats.of(0.5, 1.5, 2.5, -0.5, -1.5, 0.49, 127.5, 200), 1);
    int[] expected = {0, 2, 2, 0, -2, 0, 128, 128};
    for (int i = 0; i < expected.length; i++) {
      assertThat(encoded.signedAt(i)).as("at %d", i).isEqualTo(expected[i]);
    }
  }

  @Test
  void errorOfASumStaysWithinItsBound() {
    Random random = new Random(2);
    for (double bound : new double[] {1, 0.3, 16}) {
      FixedPoint scale = new FixedPoint(12, bound, 10);
      for (boolean stochastic : new boolean[] {false, true}) {
        double[] exact = new double[500];
        RingVector sum = RingVector.zero(scale.ring(), exact.length);
        for (int member = 0; member < 10; member++) {
          Bytes numbers = Floats.gaussian(random, exact.length, bound / 2);
          Secret seed = Secret.draw(32, random);
          sum =
              sum.plus(
                  stochastic
                      ? scale.encodeStochastically(numbers, 1, seed, SLOT)
                      : scale.encode(numbers, 1));
          for (int i = 0; i < exact.length; i++) {
            exact[i] += Math.clamp(numbers.floatAt(i), -bound, bound);
          }
        }
        Decoded.Sum decoded = (Decoded.Sum) scale.decode(sum, 0, exact.length, 10);
        double most = 10 * scale.step() * (stochastic ? 1 : 0.5) * (1 + 1e-9);
        for (int i = 0; i < exact.length; i++) {
          assertThat(decoded.at(i)).isCloseTo(exact[i], within(most));
          assertThat(decoded.meanAt(i)).isCloseTo(exact[i] / 10, within(most / 10));
        }
      }
    }
  }

  @Test
  void stochasticRoundingHasTheRightMeanAndReproduces() {
    FixedPoint scale = new FixedPoint(8, 128, 1);
    double[] numbers = new double[40_000];
    Arrays.fill(numbers, 5.3);
    RingVector encoded =
        scale.encodeStochastically(Floats.of(numbers), 1, Vectors.secret(1, 32), SLOT);
    int up = 0;
    for (int i = 0; i < numbers.length; i++) {
      assertThat(encoded.signedAt(i)).isBetween(5, 6);
      up += encoded.signedAt(i) - 5;
    }

    assertThat(up / 40_000.0).isCloseTo(0.3, within(0.01));
    assertThat(scale.encodeStochastically(Floats.of(numbers), 1, Vectors.secret(1, 32), SLOT))
        .isEqualTo(encoded);
    assertThat(scale.encodeStochastically(Floats.of(numbers), 1, Vectors.secret(2, 32), SLOT))
        .isNotEqualTo(encoded);
    assertThat(
            scale.encodeStochastically(
                Floats.of(-3, 0, 7, 128, -128, 1000), 1, Vectors.secret(1, 32), SLOT))
        .as("whole numbers stay")
        .isEqualTo(RingVector.of(scale.ring(), -3, 0, 7, 128, -128, 128));
  }

  @Test
  void weightsMultiplyAndDivideAgain() {
    FixedPoint scale = new FixedPoint(10, 1, 60);
    RingVector sum =
        scale
            .encode(Floats.of(0.5, -1), 10)
            .plus(scale.encode(Floats.of(0.25, -1), 20))
            .plus(scale.encode(Floats.of(-0.5, -1), 30));
    Decoded.Sum decoded = (Decoded.Sum) scale.decode(sum, 0, 2, 60);

    assertThat(decoded.at(0)).isEqualTo(-5);
    assertThat(decoded.meanAt(0)).isEqualTo(-5.0 / 60);
    assertThat(decoded.meanAt(1)).isEqualTo(-1);
  }

  @Test
  void namesTheFirstElementOutOfRange() {
    FixedPoint scale = new FixedPoint(8, 1, 4);
    RingVector sum = RingVector.of(scale.ring(), 0, 384, -384, 385, -400);

    assertThat(scale.decode(sum, 0, 3, 3)).isInstanceOf(Decoded.Sum.class);
    assertThat(scale.decode(sum, 1, 5, 3)).isEqualTo(new Decoded.OutOfRange(3, 385, 384));
    assertThat(scale.decode(sum, 4, 5, 3)).isEqualTo(new Decoded.OutOfRange(4, -400, 384));
  }

  @Test
  void refusesWhatIsNotFinite() {
    FixedPoint scale = new FixedPoint(8, 1, 4);
    for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1e300}) {
      Bytes numbers = Floats.of(0, 1, wrong, wrong);
      assertThat(FixedPoint.firstNotFinite(numbers)).hasValue(2);
      assertThatThrownBy(() -> scale.encode(numbers, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("number at 2 is not finite");
      assertThatThrownBy(() -> scale.encodeStochastically(numbers, 1, Vectors.secret(1, 32), SLOT))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(FixedPoint.firstNotFinite(Floats.of(0, 1))).isEmpty();
  }

  @Test
  void refusesWhatNoRingHolds() {
    assertThatThrownBy(() -> new FixedPoint(20, 1, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights of sum 100 leave room for 8 to 19 bits");
    assertThatThrownBy(() -> new FixedPoint(7, 1, 3)).hasMessageContaining("7 bits do not fit");
    for (double bound : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new FixedPoint(8, bound, 3)).hasMessageContaining("positive float");
    }
    FixedPoint scale = new FixedPoint(8, 1, 4);
    assertThatThrownBy(() -> scale.encode(Floats.of(1), 5)).hasMessageContaining("1 to");
    assertThatThrownBy(() -> scale.decode(RingVector.zero(new Ring(8), 1), 0, 1, 1))
        .hasMessageContaining("Expected a sum in");
  }
}
