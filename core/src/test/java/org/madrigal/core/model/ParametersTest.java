package org.madrigal.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;

final class ParametersTest {

  @Test
  void travelsAsLittleEndianSingles() {
    Parameters parameters = Parameters.of(1f, -2f, 0.1f);

    assertThat(parameters.toBytes().hex()).isEqualTo("0000803f" + "000000c0" + "cdcccc3d");
    assertThat(Parameters.ofBytes(parameters.toBytes())).isEqualTo(parameters);
  }

  @Test
  void isNamedByTheDigestOfItsBytes() {
    // printf '\x00\x00\x80\x3f' | sha256sum
    assertThat(Parameters.of(1f).digest().hex())
        .isEqualTo("e00e5eb9444182f352323374ef4e08ebcb784725fdd4fd612d7730540b3e0c8c");
  }

  @Test
  void hashesAnyLengthWhole() {
    for (int length : new int[] {0, 1, 4095, 4096, 4097, 10_000}) {
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        values[i] = i * 0.1f;
      }
      Parameters parameters = Parameters.takeOver(values);
      assertThat(parameters.digest()).isEqualTo(Digest.of(parameters.toBytes()));
    }
  }

  @Test
  void keepsItsArrayToItself() {
    float[] source = {1, 2};
    Parameters parameters = Parameters.of(source);

    source[0] = 9;
    parameters.toArray()[1] = 9;

    assertThat(parameters).isEqualTo(Parameters.of(1, 2));
    assertThat(parameters.toArray(1, 2)).containsExactly(2f);
  }

  @Test
  void refusesBytesThatAreNoSingles() {
    assertThatThrownBy(() -> Parameters.ofBytes(Bytes.ofHex("0000803f00")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Parameters are 4 bytes each; 5 bytes are no multiple of 4");
  }

  @Test
  void findsTheFirstValueThatIsNotFinite() {
    assertThat(Parameters.of(1, Float.NaN, Float.POSITIVE_INFINITY).firstNotFinite()).hasValue(1);
    assertThat(Parameters.of(Float.MAX_VALUE, -0f).firstNotFinite()).isEmpty();
  }

  @Test
  void subtractsElementByElement() {
    assertThat(Parameters.of(3, 1).minus(Parameters.of(1, 4))).isEqualTo(Parameters.of(2, -3));
    assertThatThrownBy(() -> Parameters.of(1).minus(Parameters.of(1, 2)))
        .hasMessage("Cannot subtract 2 parameters from 1");
  }

  @Test
  void tellsNegativeZeroFromZero() {
    assertThat(Parameters.of(-0f)).isNotEqualTo(Parameters.of(0f));
  }

  @Test
  void isCheckedAgainstTheLayout() {
    assertThatThrownBy(() -> Recipes.heartModel().layout().check(Parameters.of(1, 2)))
        .hasMessage("The model has 14 parameters, but 2 were given");
  }
}
