package org.madrigal.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.MissingPolicy;
import org.madrigal.core.model.Normalisation;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.model.Target;
import org.madrigal.core.model.ValueRange;

final class InputScaleTest {

  private static final DataSpec.Table TABLE =
      new DataSpec.Table(
          List.of(
              new Feature.Numeric("age", Optional.of(ValueRange.of(20, 100))),
              new Feature.OneHot("pain", List.of("none", "some", "much"), true)),
          new Target.Above("num", 0),
          List.of(),
          List.of("?"),
          MissingPolicy.DROP_ROW,
          Normalisation.FEDERATED);

  @Test
  void namesEveryInputInOrderWithTheVeryDoubles() {
    Standardisation scale =
        new Standardisation(
            List.of(
                new Standardisation.Input(54.1, 1.0 / 3),
                new Standardisation.Input(0.25, 0.5),
                new Standardisation.Input(0.125, 1e-9)));

    assertThat(InputScale.text(TABLE, scale))
        .isEqualTo(
            "[{\"input\":\"age\",\"mean\":54.1,\"deviation\":0.3333333333333333},"
                + "{\"input\":\"pain=some\",\"mean\":0.25,\"deviation\":0.5},"
                + "{\"input\":\"pain=much\",\"mean\":0.125,\"deviation\":1.0E-9}]");
  }

  @Test
  void refusesTheScaleOfAnotherTable() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InputScale.text(TABLE, new Standardisation(List.of())))
        .withMessage("A scale of 0 inputs does not fit a table of 3");
  }
}
