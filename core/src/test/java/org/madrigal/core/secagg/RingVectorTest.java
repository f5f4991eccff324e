package org.madrigal.core.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;

final class RingVectorTest {

  @Test
  void packsAndUnpacksEveryWidthAndLength() {
    Random random = new Random(1);
    for (int bits = Ring.MIN_BITS; bits <= Ring.MAX_BITS; bits++) {
      Ring ring = new Ring(bits);
      for (int length : new int[] {0, 1, 2, 3, 7, 8, 9, 31, 32, 33, 1000}) {
        RingVector vector = RingVector.of(ring, random.longs(length).toArray());
        Bytes packed = vector.pack();
        assertThat(packed.length()).isEqualTo((length * bits + 7) / 8);
        assertThat(RingVector.unpack(ring, packed, length)).contains(vector);
      }
    }
  }

  /** Read as one little-endian number, element i stands at bit i * w. */
  @Test
  void packsAsTheLayoutSays() {
    assertThat(RingVector.of(new Ring(12), 0xabc, 0xdef, 0x123).pack().hex())
        .isEqualTo("bcfade2301");
    assertThat(RingVector.of(new Ring(32), 1, -1).pack().hex()).isEqualTo("01000000ffffffff");
    assertThat(RingVector.of(new Ring(24), 1, -2).pack().hex()).isEqualTo("010000feffff");
    assertThat(RingVector.of(new Ring(16), 1, -2).pack().hex()).isEqualTo("0100feff");
    assertThat(RingVector.of(new Ring(8), 1, -2).pack().hex()).isEqualTo("01fe");
  }

  @Test
  void refusesOtherLengthsAndBitsBeyondTheEnd() {
    Ring ring = new Ring(21);
    byte[] packed = RingVector.of(ring, 1, 2, 3, 4, 5).pack().toByteArray();
    assertThat(packed).hasSize(14);

    assertThat(RingVector.unpack(ring, Bytes.copyOf(packed), 4)).isEmpty();
    assertThat(RingVector.unpack(ring, Bytes.copyOf(packed), 6)).isEmpty();
    assertThat(RingVector.unpack(ring, Bytes.copyOf(packed, 0, 13), 5)).isEmpty();
    for (int bit = 105; bit < 112; bit++) {
      byte[] dirty = packed.clone();
      dirty[bit / 8] |= (byte) (1 << bit % 8);
      assertThat(RingVector.unpack(ring, Bytes.copyOf(dirty), 5)).as("bit %d", bit).isEmpty();
      assertThat(RingVector.isPacked(ring, Bytes.copyOf(dirty), 5)).as("bit %d", bit).isFalse();
    }
    assertThat(RingVector.unpack(ring, Bytes.copyOf(packed), 5)).isPresent();
    assertThat(RingVector.isPacked(ring, Bytes.copyOf(packed), 5)).isTrue();
    assertThat(RingVector.isPacked(ring, Bytes.copyOf(packed), 6)).isFalse();
  }

  @Test
  void everyFlippedBitIsAnotherVector() {
    Ring ring = new Ring(11);
    RingVector vector = RingVector.of(ring, 1, 2, 3, 4, 5, 6, 7, 8);
    byte[] packed = vector.pack().toByteArray();
    for (int bit = 0; bit < 8 * packed.length; bit++) {
      byte[] flipped = packed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(RingVector.unpack(ring, Bytes.copyOf(flipped), 8).orElseThrow())
          .isNotEqualTo(vector);
    }
  }

  @Test
  void addsWhatIsPacked() {
    Ring ring = new Ring(21);
    RingVector one = RingVector.of(ring, 1, 2, -3);
    RingVector other = RingVector.of(ring, 1 << 20, 5, 6);
    assertThat(one.plusPacked(List.of(other.pack(), one.pack())))
        .isEqualTo(one.plus(other).plus(one));
    assertThatThrownBy(() -> one.plusPacked(List.of(RingVector.zero(ring, 4).pack())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void addsAndSubtractsModuloThePowerOfTwo() {
    Ring ring = new Ring(8);
    RingVector sum = RingVector.of(ring, 200, 1).plus(RingVector.of(ring, 100, -2));

    assertThat(sum.at(0)).isEqualTo(44);
    assertThat(sum.at(1)).isEqualTo(255);
    assertThat(sum.signedAt(1)).isEqualTo(-1);
    assertThat(sum.minus(RingVector.of(ring, 100, -2))).isEqualTo(RingVector.of(ring, 200, 1));
    RingVector full = RingVector.of(new Ring(32), -1L, Integer.MIN_VALUE);
    assertThat(full.at(0)).isEqualTo(0xffff_ffffL);
    assertThat(full.signedAt(1)).isEqualTo(Integer.MIN_VALUE);
  }

  @Test
  void joinsAndSlices() {
    Ring ring = new Ring(9);
    RingVector joined = RingVector.join(List.of(RingVector.of(ring, 1, 2), RingVector.of(ring, 3)));

    assertThat(joined).isEqualTo(RingVector.of(ring, 1, 2, 3));
    assertThat(joined.slice(1, 3)).isEqualTo(RingVector.of(ring, 2, 3));
  }

  @Test
  void refusesOtherRingsAndLengths() {
    RingVector vector = RingVector.of(new Ring(9), 1, 2);
    for (RingVector other :
        new RingVector[] {RingVector.of(new Ring(9), 1), RingVector.of(new Ring(10), 1, 2)}) {
      assertThatThrownBy(() -> vector.plus(other)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> vector.minus(other)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> RingVector.join(List.of(vector, RingVector.of(new Ring(8), 1))))
        .isInstanceOf(IllegalArgumentException.class);
    for (int bits : new int[] {7, 33}) {
      assertThatThrownBy(() -> new Ring(bits)).hasMessageContaining("8 to 32 bits, not " + bits);
    }
  }

  @Test
  void neverShowsItsElements() {
    assertThat(RingVector.of(new Ring(8), 77, 78)).hasToString("RingVector[2 elements of 8 bits]");
  }
}
