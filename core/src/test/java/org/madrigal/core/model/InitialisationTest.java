package org.madrigal.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InitialisationTest {

  /** Computed from the documented formula with Python's hashlib and struct. */
  @Test
  void drawsTheValuesOfTheTestVector() {
    Parameters drawn = Initialisation.UNIFORM.parameters(Recipes.heartModel(), 42);

    assertThat(drawn.toBytes().hex())
        .isEqualTo(
            "ed2b82bc141601be404f863e0bea303e6b4265bd0d79ffbdace46e3e2fd537be"
                + "56b371be100b4cbe9fd259be6627c5bd670c383e91bd74be");
    assertThat(Initialisation.UNIFORM.parameters(Recipes.heartModel(), -1).digest().hex())
        .isEqualTo("84d6698722578de024024a45aa8f3f802f3de3bd6aaaa0c295c0fcc44fcbb8c3");
  }

  @Test
  void staysWithinTheBoundOfEachLayer() {
    ModelSpec digits = Recipes.digits().model();
    Parameters drawn = Initialisation.UNIFORM.parameters(digits, 7);

    int first = digits.layout().offset(2);
    double sum = 0;
    for (int i = 0; i < drawn.length(); i++) {
      float bound = (float) (1 / Math.sqrt(i < first ? 784 : 200));
      assertThat(drawn.at(i)).isBetween(-bound, bound);
      sum += drawn.at(i);
    }
    assertThat(sum / drawn.length()).isBetween(-1e-3, 1e-3);
  }

  @Test
  void isZeroWhereAskedTo() {
    assertThat(Initialisation.ZEROS.parameters(Recipes.heartModel(), 42))
        .isEqualTo(Parameters.of(new float[14]));
  }
}
