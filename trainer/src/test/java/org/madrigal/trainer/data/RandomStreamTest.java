package org.madrigal.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RandomStreamTest {

  /** Computed from the documented algorithm with Python's hashlib. */
  @Test
  void drawsTheNumbersOfTheTestVector() {
    RandomStream stream = RandomStream.of("test", 1, -2);

    assertThat(stream.nextLong()).isEqualTo(0x57eb72b1401e6134L);
    assertThat(stream.nextLong()).isEqualTo(0xb5bbe6c9ce55c79cL);
  }

  @Test
  void differsByPurposeAndKeys() {
    long drawn = RandomStream.of("a", 1, 2).nextLong();

    assertThat(RandomStream.of("a", 1, 2).nextLong()).isEqualTo(drawn);
    assertThat(RandomStream.of("b", 1, 2).nextLong()).isNotEqualTo(drawn);
    assertThat(RandomStream.of("a", 2, 1).nextLong()).isNotEqualTo(drawn);
    assertThat(RandomStream.of("a", 1).nextLong()).isNotEqualTo(drawn);
  }

  @Test
  void permutesWithoutLoss() {
    assertThat(RandomStream.of("p", 1).permutation(100))
        .containsExactlyInAnyOrder(IntStream.range(0, 100).toArray())
        .isNotEqualTo(IntStream.range(0, 100).toArray());
    assertThat(RandomStream.of("p", 1).permutation(0)).isEmpty();
  }

  @Test
  void hasTheMomentsOfItsDistributions() {
    RandomStream stream = RandomStream.of("moments", 1);
    double gaussian = 0;
    double square = 0;
    double small = 0;
    double large = 0;
    int[] die = new int[6];
    int count = 60_000;
    for (int i = 0; i < count; i++) {
      double x = stream.nextGaussian();
      gaussian += x / count;
      square += x * x / count;
      small += stream.nextGamma(0.3) / count;
      large += stream.nextGamma(4) / count;
      die[stream.nextInt(6)]++;
    }
    assertThat(gaussian).isCloseTo(0, within(0.02));
    assertThat(square).isCloseTo(1, within(0.03));
    assertThat(small).isCloseTo(0.3, within(0.02));
    assertThat(large).isCloseTo(4, within(0.05));
    for (int face : die) {
      assertThat(face).isBetween(9_500, 10_500);
    }
  }
}
