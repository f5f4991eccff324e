package org.madrigal.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Mask.Sign;

final class MasksTest {

  private static final Secret SEED = Vectors.secret(10, 32);

  @Test
  void expandsTheVector() {
    int[] words = new int[20_011];
    new Masks().apply(words, List.of(new Mask(SEED, PurposeTest.VECTOR, Sign.ADD)));
    ByteBuffer bytes =
        ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(words);

    assertThat(Digest.of(bytes.array()).value()).isEqualTo(new Vectors().bytes("mask.long"));
  }

  @Test
  void shorterMaskIsThePrefixOfTheLonger() {
    int[] longest = expand(3 * Masks.TILE + 5);
    for (int length : new int[] {0, 1, 3, 4, 5, Masks.TILE - 1, Masks.TILE, Masks.TILE + 1}) {
      assertThat(expand(length)).isEqualTo(Arrays.copyOf(longest, length));
    }
  }

  @Test
  void whatIsAddedIsTakenAwayAgain() {
    Random random = new Random(3);
    for (int length : new int[] {1, 1000, 2 * Masks.TILE + 3}) {
      int[] words = random.ints(length).toArray();
      int[] before = words.clone();
      List<Mask> added = new ArrayList<>();
      List<Mask> subtracted = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        Secret seed = Secret.draw(32, random);
        added.add(new Mask(seed, PurposeTest.VECTOR, Sign.ADD));
        subtracted.addFirst(new Mask(seed, PurposeTest.VECTOR, Sign.SUBTRACT));
      }
      Masks masks = new Masks();
      masks.apply(words, added);
      assertThat(words).isNotEqualTo(before);
      masks.apply(words, subtracted);
      assertThat(words).isEqualTo(before);
    }
  }

  @Test
  void everyFlippedBitOfTheSeedChangesTheStream() {
    int[] stream = expand(64);
    byte[] seed = SEED.expose();
    for (int bit = 0; bit < 8 * seed.length; bit++) {
      byte[] flipped = seed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      int[] other = new int[64];
      new Masks()
          .apply(other, List.of(new Mask(Secret.copyOf(flipped), PurposeTest.VECTOR, Sign.ADD)));
      int different = 0;
      for (int i = 0; i < stream.length; i++) {
        different += Integer.bitCount(stream[i] ^ other[i]);
      }
      assertThat(different).as("bits of 2048 after flipping bit %d", bit).isBetween(900, 1150);
    }
  }

  @Test
  void otherPurposeIsAnotherStream() {
    int[] other = new int[64];
    new Masks().apply(other, List.of(new Mask(SEED, PurposeTest.VECTOR.with(1), Sign.ADD)));
    assertThat(other).isNotEqualTo(expand(64));
  }

  @Test
  void streamLooksUniform() {
    int[] counts = new int[256];
    for (int word : expand(100_000)) {
      counts[word & 0xff]++;
      counts[word >>> 24]++;
    }
    assertThat(ChiSquare.of(counts)).isBetween(170.0, 350.0);
  }

  @Test
  void refusesShortSeeds() {
    assertThatThrownBy(() -> new Mask(Vectors.secret(1, 16), PurposeTest.VECTOR, Sign.ADD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bytes or more, not 16");
  }

  @Test
  void warmsUpWithoutATrace() {
    int[] before = expand(100);
    Masks.warmUp();
    assertThat(expand(100)).isEqualTo(before);
  }

  private static int[] expand(int length) {
    int[] words = new int[length];
    new Masks().apply(words, List.of(new Mask(SEED, PurposeTest.VECTOR, Sign.ADD)));
    return words;
  }
}
