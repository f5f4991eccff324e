package org.madrigal.core.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.ChiSquare;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Vectors;

final class MaskerTest {

  private static final FixedPoint SCALE = new FixedPoint(8, 4, 3);
  private static final MaskContext CONTEXT =
      MaskContext.of(
          RatchetTest.SLOT, digest("task"), Optional.of(digest("model")), digest("layout"), SCALE);
  private static final Secret SELF = Vectors.secret(10, 32);
  private static final Optional<Secret> EPOCH_KEY = Optional.of(Vectors.secret(17, 32));
  private static final List<PairSeed> PAIRS =
      List.of(new PairSeed(1, Vectors.secret(12, 32)), new PairSeed(3, Vectors.secret(13, 32)));

  @Test
  void masksTheVector() {
    Vectors vectors = new Vectors();
    RingVector encoded =
        RingVector.unpack(SCALE.ring(), vectors.bytes("mask.encoded"), 11).orElseThrow();
    RingVector masked = new Masker(CONTEXT, EPOCH_KEY).mask(encoded, 2, SELF, PAIRS);

    assertThat(masked.pack()).isEqualTo(vectors.bytes("mask.masked"));
    assertThat(new Masker(CONTEXT, EPOCH_KEY).mask(encoded, 2, SELF, PAIRS.reversed()))
        .as("in any order of the peers")
        .isEqualTo(masked);
  }

  @Test
  void packsTheVectorInEveryWidth() {
    Vectors vectors = new Vectors();
    RingVector whole = RingVector.unpack(new Ring(32), vectors.bytes("pack.32"), 11).orElseThrow();
    long[] integers = new long[11];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = whole.at(i);
    }
    for (int width : new int[] {8, 13, 16, 21, 24, 31, 32}) {
      assertThat(RingVector.of(new Ring(width), integers).pack())
          .isEqualTo(vectors.bytes("pack." + width));
    }
  }

  @Test
  void maskedVectorLooksUniformWhateverItHides() {
    Random random = new Random(1);
    for (double filling : new double[] {0, 4, -4}) {
      double[] numbers = new double[50_000];
      Arrays.fill(numbers, filling);
      RingVector masked =
          new Masker(CONTEXT, EPOCH_KEY)
              .mask(SCALE.encode(Floats.of(numbers), 1), 2, Secret.draw(32, random), PAIRS);
      int[] low = new int[256];
      int[] high = new int[256];
      for (int i = 0; i < masked.length(); i++) {
        low[(int) masked.at(i) & 0xff]++;
        high[(int) masked.at(i) >>> 8]++;
      }
      assertThat(ChiSquare.of(low)).isBetween(170.0, 350.0);
      assertThat(ChiSquare.of(high)).isBetween(170.0, 350.0);
    }
  }

  @Test
  void everyPartOfTheContextChangesTheMask() {
    Optional<Digest> model = Optional.of(digest("model"));
    Digest task = digest("task");
    Digest layout = digest("layout");
    SlotId slot = RatchetTest.SLOT;
    assertThat(
            List.of(
                    CONTEXT,
                    MaskContext.of(new SlotId(task), task, model, layout, SCALE),
                    MaskContext.of(slot, digest("other"), model, layout, SCALE),
                    MaskContext.of(slot, task, Optional.of(digest("other")), layout, SCALE),
                    MaskContext.of(slot, task, Optional.empty(), layout, SCALE),
                    MaskContext.of(slot, task, model, digest("other"), SCALE),
                    MaskContext.of(slot, task, model, layout, new FixedPoint(8, 2, 3)),
                    MaskContext.of(slot, task, model, layout, new FixedPoint(8, 4, 4)),
                    MaskContext.of(slot, task, model, layout, new FixedPoint(9, 4, 3)))
                .stream()
                .map(MaskerTest::maskOfZero)
                .map(RingVector::pack))
        .doesNotHaveDuplicates();
  }

  @Test
  void membersWithAnotherModelOpenToNoise() {
    MaskContext misled =
        MaskContext.of(
            RatchetTest.SLOT,
            digest("task"),
            Optional.of(digest("another model")),
            digest("layout"),
            SCALE);
    Secret shared = Vectors.secret(20, 32);
    RingVector sum =
        maskZero(CONTEXT, 1, List.of(new PairSeed(2, shared)))
            .plus(maskZero(misled, 2, List.of(new PairSeed(1, shared))));
    Unmasker unmasker = new Unmasker(CONTEXT, sum.length());
    unmasker.add(sum);
    unmasker.removeSelf(1, SELF, EPOCH_KEY);
    unmasker.removeSelf(2, SELF, EPOCH_KEY);

    assertThat(SCALE.decode(unmasker.sum(), 0, sum.length(), 2))
        .isInstanceOf(Decoded.OutOfRange.class);
  }

  @Test
  void selfMaskNeedsTheEpochKey() {
    RingVector masked = maskZero(CONTEXT, 2, List.of());
    for (Optional<Secret> wrong :
        List.of(Optional.<Secret>empty(), Optional.of(Vectors.secret(18, 32)))) {
      Unmasker unmasker = new Unmasker(CONTEXT, masked.length());
      unmasker.add(masked);
      unmasker.removeSelf(2, SELF, wrong);
      assertThat(unmasker.sum()).isNotEqualTo(RingVector.zero(SCALE.ring(), masked.length()));
    }
  }

  @Test
  void worksWithoutAnEpochKey() {
    RingVector zero = RingVector.zero(SCALE.ring(), 20);
    RingVector masked = new Masker(CONTEXT, Optional.empty()).mask(zero, 2, SELF, List.of());
    Unmasker unmasker = new Unmasker(CONTEXT, masked.length());
    unmasker.add(masked);
    unmasker.removeSelf(2, SELF, Optional.empty());

    assertThat(masked).isNotEqualTo(zero);
    assertThat(unmasker.sum()).isEqualTo(zero);
  }

  @Test
  void refusesWhatIsNoSlotOfThese() {
    Masker masker = new Masker(CONTEXT, EPOCH_KEY);
    RingVector zero = RingVector.zero(SCALE.ring(), 3);
    Secret seed = Vectors.secret(1, 32);
    assertThatThrownBy(() -> masker.mask(zero, 2, SELF, List.of(new PairSeed(2, seed))))
        .hasMessageContaining("Member 2 has no mask with itself");
    assertThatThrownBy(
            () -> masker.mask(zero, 2, SELF, List.of(new PairSeed(1, seed), PAIRS.getFirst())))
        .hasMessageContaining("Two seeds");
    assertThatThrownBy(() -> masker.mask(RingVector.zero(new Ring(32), 3), 2, SELF, PAIRS))
        .hasMessageContaining("bits=16");
    assertThatThrownBy(() -> new Unmasker(CONTEXT, 4).add(zero))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static RingVector maskOfZero(MaskContext context) {
    return maskZero(context, 2, PAIRS);
  }

  private static RingVector maskZero(MaskContext context, int member, List<PairSeed> pairs) {
    return new Masker(context, EPOCH_KEY)
        .mask(RingVector.zero(context.ring(), 200), member, SELF, pairs);
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
