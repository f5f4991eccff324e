package org.madrigal.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.madrigal.app.fixture.Federation;
import org.madrigal.app.rest.Contract;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Phase;
import org.madrigal.trainer.LogisticTrainer;
import org.madrigal.trainer.data.Matrix;
import org.madrigal.trainer.data.MemberData;
import org.madrigal.trainer.data.Samples;

@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
final class PredictTest {

  private static final Contract CONTRACT = Contract.committed();
  private static final String PREDICT = "/api/v1/predict";

  /** Ages with mean 50 and deviation 10, and one of each sex. */
  private static final Matrix ROWS = Matrix.of(3, 2, 40, 0, 50, 1, 60, 0.5f);

  private Served served;
  private Path ledger;

  @BeforeAll
  void serve(@TempDir Path folder) {
    ledger = folder.resolve("ledger");
    Charter charter;
    try (Federation federation = Federation.hospitals(ledger, 2).run()) {
      charter = federation.charter();
    }
    Samples rows = new Samples(ROWS, Matrix.of(3, 1, 0, 1, 1), 2);
    MemberData data = MemberData.of(charter.recipe().data(), rows, rows);
    served =
        Served.folder(
            ledger,
            EpochKeys.NONE,
            Served.open(),
            new Predicting(LogisticTrainer::new, Optional.of(data)));
  }

  @AfterAll
  void stop() {
    served.close();
  }

  /** What the model says by hand: the sigmoid of w1 * age + w2 * female + b, inputs scaled. */
  private double expected(double age, double female) {
    Phase phase = served.chronicle().now().state().federation().orElseThrow().phase();
    Parameters w = ((Phase.Finished) phase).model().parameters();
    double z = w.at(0) * (age - 50) / 10 + w.at(1) * (female - 0.5) / 0.5 + w.at(2);
    return 1 / (1 + Math.exp(-z));
  }

  @Test
  void needsNoRowsWhereInputsAreTakenAsTheyAre(@TempDir Path folder) {
    Path unscaled = folder.resolve("ledger");
    Federation.unscaled(unscaled).run().close();
    try (Served reader =
        Served.folder(
            unscaled,
            EpochKeys.NONE,
            Served.open(),
            new Predicting(LogisticTrainer::new, Optional.empty()))) {
      HttpResponse<String> answer =
          reader.post(PREDICT, "{\"rows\":[{\"age\":63,\"sex\":\"female\"}]}");

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(Served.json(answer).get("predictions").get(0).get(0).asDouble())
          .isBetween(0.0, 1.0);
    }
  }

  @Test
  void saysWhatTheCurrentModelSaysOfRows() {
    HttpResponse<String> answer =
        served.post(
            PREDICT,
            "{\"rows\":[{\"age\":63,\"sex\":\"female\"},{\"sex\":\"male\",\"age\":\"41\"},[50,\"female\"]]}");
    JsonNode json = Served.json(answer);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(CONTRACT.faultsOfAnswer(PREDICT, "post", json)).isEmpty();
    assertThat(json.get("round").asInt()).isEqualTo(2);
    assertThat(json.get("outputs").get(0).asText())
        .isEqualTo("probability that it is class 1: whether num is above 0.0");
    assertThat(json.get("predictions").get(0).get(0).asDouble())
        .isCloseTo(expected(63, 1), within(1e-5));
    assertThat(json.get("predictions").get(1).get(0).asDouble())
        .isCloseTo(expected(41, 0), within(1e-5));
    assertThat(json.get("predictions").get(2).get(0).asDouble())
        .isCloseTo(expected(50, 1), within(1e-5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [] | There are 1 to 1000 rows in one request, not 0.
          [{"age":1}] | Row 0 (the first is 0) lacks the column 'sex'.
          [{"age":1,"sex":"male"},{"age":1,"sex":"x"}] | Row 1 (the first is 0) has "x" in the column 'sex', which holds one of [male, female].
          [{"age":1,"sex":"male","num":0}] | Row 0 (the first is 0) has the column 'num', which is no input.
          [{"age":"old","sex":"male"}] | Row 0 (the first is 0) has "old" in the column 'age', which holds numbers.
          [{"age":1e999,"sex":"male"}] | Row 0 (the first is 0) has "Infinity" in the column 'age', which holds numbers.
          [{"age":null,"sex":"male"}] | Row 0 (the first is 0) has no value in the column 'age', so that it cannot be predicted.
          [{"age":"?","sex":"male"}] | Row 0 (the first is 0) has no value in the column 'age', so that it cannot be predicted.
          [{"age":[1],"sex":"male"}] | Row 0 (the first is 0) has [1] in the column 'age', which holds numbers.
          [[1]] | Row 0 (the first is 0) is an object with the columns as names, or an array of 2 values, not 1.
          [7] | Row 0 (the first is 0) is an object with the columns as names, or an array of 2 values, not 7.
          """)
  void namesTheRowThatDoesNotFit(String rows, String sentence) {
    HttpResponse<String> answer = served.post(PREDICT, "{\"rows\":" + rows + "}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Served.json(answer).get("detail").asText()).isEqualTo(sentence);
  }

  @Test
  void refusesMoreRowsThanOneRequestMayHave() {
    String row = "[1,\"male\"]";
    assertThat(
            served
                .post(PREDICT, "{\"rows\":[" + (row + ",").repeat(1000) + row + "]}")
                .statusCode())
        .isEqualTo(422);
    assertThat(
            served.post(PREDICT, "{\"rows\":[" + (row + ",").repeat(999) + row + "]}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void saysThatACopyOfALedgerDoesNotKnowAMembersScale() {
    try (Served copy =
        Served.folder(
            ledger,
            EpochKeys.NONE,
            Served.open(),
            new Predicting(LogisticTrainer::new, Optional.empty()))) {
      HttpResponse<String> answer = copy.post(PREDICT, "{\"rows\":[[1,\"male\"]]}");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(Served.json(answer).get("detail").asText())
          .isEqualTo(
              "Each member scales its inputs by its own rows, which are not here; ask a member's"
                  + " node for predictions.");
    }
  }

  @Test
  void saysThatThereIsNoModelYet(@TempDir Path other) {
    Path young = other.resolve("ledger");
    try (Federation federation = Federation.hospitals(young, 2)) {
      federation.step();
    }
    try (Served copy = Served.folder(young, EpochKeys.NONE, Served.open())) {
      assertThat(copy.post(PREDICT, "{\"rows\":[[1,\"male\"]]}").statusCode()).isEqualTo(503);
    }
  }
}
