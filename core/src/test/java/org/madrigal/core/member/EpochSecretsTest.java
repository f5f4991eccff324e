package org.madrigal.core.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Stage;

/** Secrets as bytes: they survive a restart at every stage, and nothing else is taken for them. */
final class EpochSecretsTest {

  private static final MemberId BOB = Charters.id(1);

  private static Circle circle() {
    return new Circle(Charters.secret(Privacy.MASKED, 4, 2));
  }

  @Test
  void readsBackAtEveryStep() {
    Circle circle = circle();
    for (int turn = 0; turn < 60; turn++) {
      circle.turn();
      for (EpochSecrets secrets : circle.seat(BOB).secrets.values()) {
        Secret encoded = secrets.encoded();
        assertThat(EpochSecrets.decode(encoded).encoded()).isEqualTo(encoded);
      }
    }
    assertThat(circle.events(Event.SlotOpened.class)).hasSize(2);
  }

  /** Every member is replaced by what was written of it, after every word of anybody. */
  @Test
  void federationGoesOnThroughARestartAfterEveryWord() {
    Circle circle = circle();
    circle.until(each -> {
      for (int place = 0; place < 4; place++) {
        each.seat(Charters.id(place))
            .secrets
            .replaceAll((epoch, secrets) -> EpochSecrets.decode(secrets.encoded()));
      }
      return each.events(Event.SlotOpened.class).size() == 2;
    });

    assertThat(circle.rejections()).isEmpty();
    assertThat(circle.events(Event.SlotAbandoned.class)).isEmpty();
  }

  @Test
  void truncatedOrLongerBytesAreRefused() {
    Circle circle = circle().until(Stage.Masking.class);
    byte[] bytes = circle.secrets(BOB, EpochId.FIRST).encoded().expose();
    for (int length = 0; length < bytes.length; length++) {
      Secret cut = Secret.copyOf(Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> EpochSecrets.decode(cut))
          .as("length %d", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> EpochSecrets.decode(Secret.copyOf(Arrays.copyOf(bytes, bytes.length + 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A pair that is written twice would be read once. */
  @Test
  void secretsInAnotherFormAreRefused() {
    byte[] bytes =
        circle().until(Stage.Dealing.class).secrets(BOB, EpochId.FIRST).encoded().expose();
    int noPairs = 4 + 4 + BOB.value().length() + 4 + 4;
    byte[] pair =
        ByteBuffer.allocate(11).putInt(3).put(new byte[] {'a', 'd', 'a'}).putInt(0).array();
    byte[] twice =
        ByteBuffer.allocate(bytes.length + 2 * pair.length)
            .put(bytes, 0, noPairs)
            .putInt(2)
            .put(pair)
            .put(pair)
            .put(bytes, noPairs + 4, bytes.length - noPairs - 4)
            .array();

    assertThatThrownBy(() -> EpochSecrets.decode(Secret.copyOf(twice)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The secrets are not written as they should be");
  }

  /** The file is authenticated: a flipped byte is refused or means exactly what it says. */
  @Test
  void flippedBytesAreRefusedOrReadBack() {
    Circle circle = circle().until(Stage.Masking.class);
    byte[] bytes = circle.secrets(BOB, EpochId.FIRST).encoded().expose();
    for (int at = 0; at < bytes.length; at++) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= (byte) 0x80;
      Secret changed = Secret.copyOf(flipped);
      try {
        assertThat(EpochSecrets.decode(changed).encoded()).as("byte %d", at).isEqualTo(changed);
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void randomBytesAreRefused() {
    Random random = new Random(4);
    for (int i = 0; i < 2_000; i++) {
      Secret drawn = Secret.draw(random.nextInt(200), random);
      assertThatThrownBy(() -> EpochSecrets.decode(drawn))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void tellsNothingOfWhatItHolds() {
    Circle circle = circle().until(Stage.Masking.class);
    EpochSecrets secrets = circle.secrets(BOB, EpochId.FIRST);

    assertThat(secrets).hasToString("EpochSecrets[of bob in epoch 1]");
  }

  /** What a thief finds after a slot opens nothing of that slot. */
  @Test
  void endedSlotLeavesNothing() {
    Circle circle = circle();
    circle.until(Stage.Masking.class);
    EpochSecrets secrets = circle.secrets(BOB, EpochId.FIRST);
    Bytes seed =
        Bytes.takeOver(
            secrets
                .slot(org.madrigal.core.protocol.SlotNumber.FIRST)
                .flatMap(slot -> slot.pair(Charters.id(0)))
                .flatMap(SlotSecrets.Pair::maskSeed)
                .orElseThrow()
                .expose());
    assertThat(Bytes.takeOver(secrets.encoded().expose()).hex()).contains(seed.hex());

    circle.until(each -> !each.events(Event.SlotOpened.class).isEmpty());

    assertThat(Bytes.takeOver(secrets.encoded().expose()).hex()).doesNotContain(seed.hex());
    assertThat(secrets.isIn(org.madrigal.core.protocol.SlotNumber.FIRST)).isFalse();
  }
}
