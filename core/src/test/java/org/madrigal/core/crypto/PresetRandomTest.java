package org.madrigal.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PresetRandomTest {

  @Test
  void givesItsBytesInOrderAndThenRefuses() {
    PresetRandom random = new PresetRandom(Vectors.secret(1, 64));
    byte[] first = new byte[24];
    byte[] second = new byte[40];
    random.nextBytes(first);
    random.nextBytes(second);

    assertThat(first).isEqualTo(PresetGenerator.pattern(1, 24));
    assertThat(second).isEqualTo(PresetGenerator.pattern(1 + 5 * 24, 40));
    assertThatThrownBy(() -> random.nextBytes(new byte[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("64 bytes of randomness were preset and 65 are asked for");
  }

  @Test
  void takesAndGivesNoSeed() {
    PresetRandom random = new PresetRandom(Vectors.secret(1, 64));
    assertThatThrownBy(() -> random.setSeed(new byte[8])).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> random.generateSeed(8)).isInstanceOf(IllegalStateException.class);
  }
}
