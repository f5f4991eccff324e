package org.madrigal.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SecretTest {

  @Test
  void copiesWhatGoesInAndOut() {
    byte[] source = {1, 2, 3};
    Secret secret = Secret.copyOf(source);
    source[0] = 9;
    secret.expose()[1] = 9;

    assertThat(secret.expose()).containsExactly(1, 2, 3);
  }

  @Test
  void erasedSecretHasNoBytesAndNoUse() {
    Secret secret = Secret.draw(32, new Random(1));
    byte[] array = secret.array();
    Secret copy = secret.slice(0, 32);
    secret.erase();

    assertThat(array).containsOnly(0);
    assertThat(copy.expose()).isNotEqualTo(new byte[32]);
    assertThat(secret.isErased()).isTrue();
    assertThatThrownBy(secret::expose)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("erased");
    assertThatThrownBy(() -> copy.equals(secret)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void equalsByContent() {
    Secret secret = Secret.copyOf(new byte[] {1, 2});
    assertThat(secret).isEqualTo(Secret.copyOf(new byte[] {1, 2}));
    assertThat(secret).isNotEqualTo(Secret.copyOf(new byte[] {1, 3}));
    assertThat(secret).isNotEqualTo(Secret.copyOf(new byte[] {1, 2, 0}));
    assertThat(Secret.concat(secret, secret)).isEqualTo(Secret.copyOf(new byte[] {1, 2, 1, 2}));
  }

  @Test
  void neverShowsItsBytes() {
    Secret secret = Secret.draw(32, new Random(2));
    assertThat(secret.toString()).doesNotContain(HexFormat.of().formatHex(secret.expose(), 0, 2));
    assertThat(new Share(1, secret).toString()).contains("Secret[32 bytes]");
    assertThat(secret.hashCode()).isEqualTo(Secret.draw(32, new Random(3)).hashCode());
  }
}
