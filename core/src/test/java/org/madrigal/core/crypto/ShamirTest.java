package org.madrigal.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ShamirTest {

  @Test
  void multipliesAsTheVectorSays() {
    assertThat(
            "%04x%04x%04x"
                .formatted(
                    Field.multiply(0x8000, 2),
                    Field.multiply(0xbeef, 0x1234),
                    Field.multiply(0xffff, 0xffff)))
        .isEqualTo(new Vectors().bytes("field").hex());
  }

  @Test
  void everyElementButZeroHasItsInverse() {
    for (int element = 1; element < Field.ORDER; element++) {
      if (Field.multiply(element, Field.invert(element)) != 1) {
        assertThat(element).as("has a wrong inverse").isNegative();
      }
    }
    assertThatThrownBy(() -> Field.invert(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void multipliesFourLanesAlike() {
    Random random = new Random(4);
    for (int i = 0; i < 1000; i++) {
      long lanes = random.nextLong();
      int factor = random.nextInt(Field.ORDER);
      long expected = 0;
      for (int shift = 0; shift < 64; shift += 16) {
        expected |= Field.multiply(lanes >>> shift & 0xffff, factor) << shift;
      }
      assertThat(Field.multiply(lanes, factor)).isEqualTo(expected);
    }
  }

  @Test
  void splitsAsTheVectorSays() {
    Vectors vectors = new Vectors();
    List<Share> shares =
        Shamir.split(
            Vectors.secret(5, 32), 5, 300, new PresetGenerator(PresetGenerator.pattern(6, 4 * 32)));

    assertThat(shares).hasSize(300);
    for (int index : new int[] {1, 2, 3, 299, 300}) {
      Share share = shares.get(index - 1);
      assertThat(share.index()).isEqualTo(index);
      assertThat(share.value().expose()).isEqualTo(vectors.bytes("share." + index).toByteArray());
    }
  }

  @Test
  void anyThresholdOfSharesGivesTheSecret() {
    Random random = new Random(7);
    for (int[] shape : new int[][] {{1, 1}, {1, 4}, {2, 3}, {3, 5}, {7, 10}, {201, 300}}) {
      Secret secret = Secret.draw(32, random);
      List<Share> shares = new ArrayList<>(Shamir.split(secret, shape[0], shape[1], random));
      for (int i = 0; i < 8; i++) {
        Collections.shuffle(shares, random);
        assertThat(Shamir.combine(shares.subList(0, shape[0]))).isEqualTo(secret);
      }
      assertThat(Shamir.combine(shares)).as("all of them").isEqualTo(secret);
    }
  }

  @Test
  void oneShareFewerGivesSomethingElse() {
    Random random = new Random(8);
    for (int i = 0; i < 100; i++) {
      Secret secret = Secret.draw(32, random);
      List<Share> shares = Shamir.split(secret, 3, 5, random);
      assertThat(Shamir.combine(shares.subList(0, 2))).isNotEqualTo(secret);
    }
  }

  /**
   * For each t - 1 shares and each other secret there is exactly one set of coefficients that gives
   * the same shares: the shares fit every secret equally well. Shown by making it.
   */
  @Test
  void sharesBelowTheThresholdFitEverySecret() {
    Random random = new Random(9);
    List<Share> known = Shamir.split(Secret.draw(32, random), 3, 5, random).subList(1, 3);
    for (int i = 0; i < 50; i++) {
      Secret other = Secret.draw(32, random);
      List<Integer> indices = List.of(2, 3, 5);
      Share wanted = thirdShareFor(other, known, indices);
      assertThat(Interpolation.at(indices).combine(List.of(known.get(0), known.get(1), wanted)))
          .isEqualTo(other);
    }
  }

  /** The value at the third index that makes the secret {@code other}: the weights are linear. */
  private static Share thirdShareFor(Secret other, List<Share> known, List<Integer> indices) {
    Secret zero = Secret.copyOf(new byte[32]);
    byte[] base =
        Interpolation.at(indices)
            .combine(List.of(known.get(0), known.get(1), new Share(indices.get(2), zero)))
            .expose();
    byte[] target = other.expose();
    int weight =
        lane(
            Interpolation.at(indices)
                .combine(
                    List.of(
                        new Share(indices.get(0), zero),
                        new Share(indices.get(1), zero),
                        new Share(indices.get(2), one())))
                .expose(),
            0);
    byte[] value = new byte[32];
    for (int k = 0; k < 16; k++) {
      int missing = lane(base, k) ^ lane(target, k);
      int product = (int) Field.multiply(missing, Field.invert(weight));
      value[2 * k] = (byte) (product >> 8);
      value[2 * k + 1] = (byte) product;
    }
    return new Share(indices.get(2), Secret.copyOf(value));
  }

  private static Secret one() {
    byte[] ones = new byte[32];
    for (int k = 0; k < 16; k++) {
      ones[2 * k + 1] = 1;
    }
    return Secret.copyOf(ones);
  }

  private static int lane(byte[] bytes, int k) {
    return Byte.toUnsignedInt(bytes[2 * k]) << 8 | Byte.toUnsignedInt(bytes[2 * k + 1]);
  }

  @Test
  void singleShareLooksUniformWhateverTheSecret() {
    for (byte filling : new byte[] {0, (byte) 0xff}) {
      byte[] secret = new byte[32];
      Arrays.fill(secret, filling);
      Random random = new Random(10);
      int[] counts = new int[256];
      for (int i = 0; i < 2000; i++) {
        for (byte b : Shamir.split(Secret.copyOf(secret), 2, 2, random).get(1).value().expose()) {
          counts[Byte.toUnsignedInt(b)]++;
        }
      }
      assertThat(ChiSquare.of(counts)).isBetween(170.0, 350.0);
    }
  }

  @Test
  void refusesZeroAndDoubleIndices() {
    Secret value = Vectors.secret(1, 32);
    for (int index : new int[] {-1, 0, 65_536}) {
      assertThatThrownBy(() -> new Share(index, value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 65535, not " + index);
    }
    assertThatThrownBy(() -> Shamir.combine(List.of(new Share(2, value), new Share(2, value))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Two shares have the index 2");
    assertThatThrownBy(() -> Shamir.combine(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Interpolation.at(List.of(1, 2)).combine(List.of(new Share(2, value))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Prepared for the shares [1, 2], not [2]");
  }

  @Test
  void refusesThresholdsThatNothingMeets() {
    Random random = new Random(1);
    for (int[] shape : new int[][] {{0, 3}, {4, 3}, {2, 65_536}}) {
      assertThatThrownBy(() -> Shamir.split(Vectors.secret(1, 32), shape[0], shape[1], random))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
