package org.madrigal.core.secagg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.madrigal.core.crypto.Bytes;

final class SecureAggregationTest {

  private static final int LENGTH = 257;

  @ParameterizedTest
  @CsvSource({"3, 0", "4, 0", "4, 1", "5, 1", "7, 2", "10, 3", "25, 8"})
  void sumOfSurvivorsOpensExactlyWhoeverDropsOut(int members, int dropouts) {
    Thresholds thresholds = Thresholds.defaults(members);
    FixedPoint scale = new FixedPoint(12, 1, members);
    SlotFixture slot = new SlotFixture(thresholds, scale, members * 31L + dropouts);
    Random random = new Random(members);
    List<Integer> all = new ArrayList<>(IntStream.rangeClosed(1, members).boxed().toList());
    Collections.shuffle(all, random);
    List<Integer> survivors = all.subList(dropouts, members);
    List<Integer> holders = survivors.subList(0, thresholds.threshold());

    RingVector expected = RingVector.zero(scale.ring(), LENGTH);
    List<RingVector> masked = new ArrayList<>();
    for (int survivor : survivors) {
      RingVector encoded = scale.encode(floats(random), 1);
      expected = expected.plus(encoded);
      masked.add(slot.mask(survivor, encoded));
    }

    assertThat(slot.open(masked, survivors, holders, true)).isEqualTo(expected);
    assertThat(scale.decode(slot.open(masked, survivors, holders, false), 0, LENGTH, members))
        .as("the residue without the epoch key")
        .isInstanceOf(Decoded.OutOfRange.class);
  }

  @Test
  void sumOpensWithAnyThresholdOfHolders() {
    Thresholds thresholds = Thresholds.defaults(5);
    FixedPoint scale = new FixedPoint(8, 4, 5);
    SlotFixture slot = new SlotFixture(thresholds, scale, 7);
    Random random = new Random(8);
    List<Integer> survivors = List.of(1, 2, 3, 4, 5);
    RingVector expected = RingVector.zero(scale.ring(), LENGTH);
    List<RingVector> masked = new ArrayList<>();
    for (int survivor : survivors) {
      RingVector encoded = scale.encode(floats(random), 1);
      expected = expected.plus(encoded);
      masked.add(slot.mask(survivor, encoded));
    }
    for (int silent : survivors) {
      List<Integer> holders = survivors.stream().filter(holder -> holder != silent).toList();
      assertThat(slot.open(masked, survivors, holders, true)).isEqualTo(expected);
    }
  }

  private static Bytes floats(Random random) {
    ByteBuffer buffer = ByteBuffer.allocate(LENGTH * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < LENGTH; i++) {
      buffer.putFloat((float) (random.nextGaussian() * 0.5));
    }
    return Bytes.takeOver(buffer.array());
  }
}
