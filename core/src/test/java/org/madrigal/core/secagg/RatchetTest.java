package org.madrigal.core.secagg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Vectors;
import org.madrigal.core.crypto.Verification;

final class RatchetTest {

  static final SlotId SLOT = new SlotId(Digest.of("slot".getBytes(StandardCharsets.US_ASCII)));
  private static final Secret PAIR = Vectors.secret(7, 32);

  @Test
  void derivesTheVector() {
    Vectors vectors = new Vectors();
    Ratchet ratchet = Ratchet.of(PAIR);
    SlotKeys keys = ratchet.advance(3, SLOT, 5, 2);
    Secret all = Secret.concat(keys.maskSeed(), keys.channel(2, 5), keys.channel(5, 2));
    EdgeCommitment commitment = keys.commitment();

    assertThat(all.expose()).isEqualTo(vectors.bytes("ratchet.keys").toByteArray());
    assertThat(ratchet.chainKey().expose()).isEqualTo(vectors.bytes("ratchet.chain").toByteArray());
    assertThat(
            commitment.maskSeed().value().hex()
                + commitment.upwards().value().hex()
                + commitment.downwards().value().hex())
        .isEqualTo(vectors.bytes("ratchet.commitments").hex());
  }

  @Test
  void bothEndsStayInStepByNumberAlone() {
    Ratchet one = Ratchet.of(PAIR);
    Ratchet other = Ratchet.of(PAIR);
    for (long number : new long[] {0, 1, 2, 9}) {
      one.advance(number, SLOT, 1, 2);
    }
    other.skipTo(10);
    assertThat(one.nextSlot()).isEqualTo(10);
    assertThat(one.advance(10, SLOT, 1, 2).maskSeed())
        .isEqualTo(other.advance(10, SLOT, 2, 1).maskSeed());
  }

  @Test
  void restoredRatchetGoesOn() {
    Ratchet ratchet = Ratchet.of(PAIR);
    ratchet.skipTo(4);
    Ratchet restored = Ratchet.restore(ratchet.chainKey(), ratchet.nextSlot());

    assertThat(restored.advance(6, SLOT, 1, 2).maskSeed())
        .isEqualTo(ratchet.advance(6, SLOT, 1, 2).maskSeed());
  }

  @Test
  void neverGoesBack() {
    Ratchet ratchet = Ratchet.of(PAIR);
    ratchet.advance(4, SLOT, 1, 2);
    for (long past : new long[] {0, 3, 4}) {
      assertThatThrownBy(() -> ratchet.advance(past, SLOT, 1, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("The keys of slot %d are erased; the next slot is 5", past);
    }
  }

  @Test
  void everyKeyIsAnother() {
    SlotKeys keys = Ratchet.of(PAIR).advance(0, SLOT, 1, 2);
    SlotKeys later = Ratchet.of(PAIR).advance(1, SLOT, 1, 2);
    SlotKeys elsewhere = Ratchet.of(PAIR).advance(0, new SlotId(Digest.of(new byte[0])), 1, 2);
    SlotKeys ofOthers = Ratchet.of(PAIR).advance(0, SLOT, 1, 3);

    assertThat(
            List.of(keys, later, elsewhere, ofOthers).stream()
                .map(SlotKeys::maskSeed)
                .map(Secret::expose)
                .map(Bytes::copyOf))
        .doesNotHaveDuplicates();
    assertThat(keys.channel(1, 2)).isNotEqualTo(keys.channel(2, 1));
    assertThat(keys.channel(1, 2)).isNotEqualTo(keys.maskSeed());
    assertThatThrownBy(() -> keys.channel(1, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ratchet.of(PAIR).advance(0, SLOT, 2, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void commitmentTellsItsKeysFromOthers() {
    SlotKeys keys = Ratchet.of(PAIR).advance(0, SLOT, 1, 2);
    EdgeCommitment commitment = keys.commitment();

    assertThat(commitment.verifyMaskSeed(SLOT, 2, 1, keys.maskSeed()))
        .isEqualTo(Verification.GENUINE);
    assertThat(commitment.verifyChannel(SLOT, 2, 1, keys.channel(2, 1)))
        .isEqualTo(Verification.GENUINE);
    assertThat(commitment.verifyChannel(SLOT, 1, 2, keys.channel(1, 2)))
        .isEqualTo(Verification.GENUINE);
    assertThat(commitment.verifyChannel(SLOT, 1, 2, keys.channel(2, 1)))
        .isEqualTo(Verification.FORGED);
    assertThat(commitment.verifyMaskSeed(SLOT, 1, 2, keys.channel(1, 2)))
        .isEqualTo(Verification.FORGED);
    assertThat(commitment.verifyMaskSeed(new SlotId(Digest.of(new byte[0])), 1, 2, keys.maskSeed()))
        .isEqualTo(Verification.FORGED);
  }

  @Test
  void erasedKeysAreGone() {
    Ratchet ratchet = Ratchet.of(PAIR);
    SlotKeys keys = ratchet.advance(0, SLOT, 1, 2);
    keys.erase();
    ratchet.erase();

    assertThat(keys.maskSeed().isErased()).isTrue();
    assertThat(keys.channel(1, 2).isErased()).isTrue();
    assertThat(keys.channel(2, 1).isErased()).isTrue();
    assertThatThrownBy(ratchet::chainKey).isInstanceOf(IllegalStateException.class);
    assertThat(PAIR.isErased()).as("the caller's own copy").isFalse();
  }
}
