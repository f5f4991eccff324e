package org.madrigal.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.config.CharterTexts;
import org.madrigal.app.fixture.Federation;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.state.GlobalModel;

final class FoundModelTest {

  private static final String FEDERATED =
      CharterTexts.HOSPITALS
          .replace("- age\n", "- {column: age, range: [20, 100]}\n")
          .replace("normalisation: member", "normalisation: federated")
          .replace("privacy: none", "privacy: masked");

  @Test
  void carriesTheScaleOfFederatedInputs() {
    Standardisation scale =
        new Standardisation(
            List.of(new Standardisation.Input(54.1, 9), new Standardisation.Input(0.25, 0.5)));

    assertThat(found(FEDERATED, Optional.of(scale)).provenance("1"))
        .containsEntry(
            "madrigal.scale",
            "[{\"input\":\"age\",\"mean\":54.1,\"deviation\":9.0},"
                + "{\"input\":\"sex=female\",\"mean\":0.25,\"deviation\":0.5}]");
  }

  @Test
  void carriesNoScaleWhereEachMemberHasItsOwn() {
    assertThat(found(CharterTexts.HOSPITALS, Optional.empty()).provenance("1"))
        .containsKey("madrigal.charter")
        .doesNotContainKey("madrigal.scale");
  }

  private static FoundModel found(String text, Optional<Standardisation> scale) {
    Charter charter =
        CharterFile.read("c.yaml", text).charter(id -> Federation.keyOf(id.value()).verifyingKey());
    Parameters parameters = Parameters.of(1, 2, 3);
    return new FoundModel(
        charter,
        new GlobalModel(RoundId.INITIAL, parameters, parameters.digest()),
        Position.FIRST,
        Head.genesis(charter.id()),
        List.of(),
        new TreeMap<>(),
        scale,
        Optional.empty(),
        Optional.empty());
  }
}
