package org.madrigal.core.secagg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.madrigal.core.crypto.Interpolation;
import org.madrigal.core.crypto.Share;

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
      RingVector encoded = scale.encode(Floats.gaussian(random, LENGTH, 0.5), 1);
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
      RingVector encoded = scale.encode(Floats.gaussian(random, LENGTH, 0.5), 1);
      expected = expected.plus(encoded);
      masked.add(slot.mask(survivor, encoded));
    }
    for (int silent : survivors) {
      List<Integer> holders = survivors.stream().filter(holder -> holder != silent).toList();
      assertThat(slot.open(masked, survivors, holders, true)).isEqualTo(expected);
    }
  }

  /**
   * All but two members pool everything they know, with the ledger and the epoch key, after the
   * victim dropped out or survived: one share short of the threshold, they find only noise.
   */
  @Test
  void colludersBelowTheThresholdOpenNothing() {
    FixedPoint scale = new FixedPoint(12, 1, 5);
    SlotFixture slot = new SlotFixture(new Thresholds(5, 3, 5, 5), scale, 11);
    List<Integer> colluders = List.of(3, 4, 5);
    RingVector secret = scale.encode(Floats.gaussian(new Random(1), LENGTH, 0.2), 1);
    RingVector masked = slot.mask(1, secret);

    Unmasker unmasker = new Unmasker(slot.context(), LENGTH);
    unmasker.add(masked);
    for (int colluder : colluders) {
      unmasker.removePair(1, colluder, slot.keys(colluder, 1).maskSeed());
    }
    for (ShareKind kind : ShareKind.values()) {
      List<Share> known = colluders.stream().map(holder -> slot.share(kind, 1, holder)).toList();
      assertThat(slot.dealing(1).recover(kind, Interpolation.at(colluders), known))
          .isEqualTo(new Recovery.DealerGuilty<>(1, DealerFault.SECRET_UNLIKE_HASH));
    }
    assertThat(scale.decode(unmasker.sum(), 0, LENGTH, 1)).isInstanceOf(Decoded.OutOfRange.class);

    unmasker.removePair(1, 2, slot.keys(2, 1).maskSeed());
    assertThat(unmasker.sum()).as("without the pair's mask").isNotEqualTo(secret);
    unmasker.removeSelf(1, slot.secrets(1).selfSeed(), Optional.of(slot.epochKey()));
    assertThat(unmasker.sum()).as("with both secrets").isEqualTo(secret);
  }

  @Test
  void lateVectorOfADroppedMemberStaysClosedAfterItsSeedsAreOpen() {
    FixedPoint scale = new FixedPoint(12, 1, 5);
    SlotFixture slot = new SlotFixture(Thresholds.defaults(5), scale, 12);
    RingVector secret = scale.encode(Floats.gaussian(new Random(2), LENGTH, 0.2), 1);
    RingVector late = slot.mask(1, secret);
    List<Integer> survivors = List.of(2, 3, 4, 5);

    Unmasker unmasker = new Unmasker(slot.context(), LENGTH);
    unmasker.add(late);
    for (PairSeed pair : slot.recoverSeeds(1, survivors, survivors)) {
      unmasker.removePair(1, pair.peer(), pair.seed());
    }

    assertThat(scale.decode(unmasker.sum(), 0, LENGTH, 1)).isInstanceOf(Decoded.OutOfRange.class);
  }
}
