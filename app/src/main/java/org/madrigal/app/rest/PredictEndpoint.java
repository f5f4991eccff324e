package org.madrigal.app.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.Json;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.ModelState;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.State;
import org.madrigal.trainer.data.Matrix;

/** {@code POST /api/v1/predict}: what the current model says of rows. */
final class PredictEndpoint implements Endpoint {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Site site;

  PredictEndpoint(Site site) {
    this.site = site;
  }

  @Override
  public Route route() {
    return new Route("POST", Endpoints.ROOT + "/predict", Set.of());
  }

  @Override
  public Map<String, @Nullable Object> answer(Call call) throws Problem, InterruptedException {
    Charter charter = FederationEndpoint.charter(call);
    GlobalModel model = model(call.now().state());
    Matrix inputs = Rows.of(charter.recipe().data(), parse(call.body()));
    Matrix predictions = site.predictor().predict(call.now().state(), model.parameters(), inputs);
    return Json.object()
        .put("model", model.digest().hex())
        .put("round", model.round().value())
        .put("outputs", CharterWords.outputs(charter.recipe().data()))
        .put("predictions", rows(predictions))
        .map();
  }

  private static GlobalModel model(State state) throws Problem {
    Optional<Phase> phase = state.federation().map(Federation::phase);
    if (phase.isEmpty()) {
      throw notYet();
    }
    return switch (phase.get()) {
      case Phase.Training p -> p.model();
      case Phase.Finished p -> p.model();
      case Phase.Confidential p -> model(p.model());
      case Phase.Closed p -> model(p.model());
      case Phase.Enrolling p -> throw notYet();
      case Phase.AwaitingModel p -> throw notYet();
      case Phase.Halted p ->
          throw new Problem(
              503,
              "The federation has halted; export its last model with 'madrigal model export'.");
    };
  }

  private static GlobalModel model(ModelState model) throws Problem {
    return switch (model) {
      case ModelState.Open open -> open.model();
      case ModelState.Closed closed ->
          throw new Problem(
              503,
              "The models are closed to who has no epoch key; ask a member for one with 'madrigal key grant-audit'.");
    };
  }

  private static Problem notYet() {
    return new Problem(503, "There is no model yet; /api/v1/status says how far it is.");
  }

  private static JsonNode parse(String body) throws Problem {
    try {
      JsonNode read = JSON.readTree(body);
      JsonNode rows = read.path("rows");
      if (!read.isObject() || read.size() != 1 || !rows.isArray()) {
        throw new Problem(422, "The body is {\"rows\": [...]} and nothing else.");
      }
      return rows;
    } catch (JsonProcessingException e) {
      throw new Problem(400, "The body is no JSON: %s.".formatted(place(e)));
    }
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? "it ends too early"
        : "it goes wrong in line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static List<List<Float>> rows(Matrix predictions) throws Problem {
    List<List<Float>> rows = new ArrayList<>();
    for (int row = 0; row < predictions.rows(); row++) {
      List<Float> values = new ArrayList<>();
      for (int column = 0; column < predictions.columns(); column++) {
        float value = predictions.at(row, column);
        if (!Float.isFinite(value)) {
          throw new Problem(
              422,
              "The model gives no finite number for row %d (the first is 0); check its values."
                  .formatted(row));
        }
        values.add(value);
      }
      rows.add(values);
    }
    return rows;
  }
}
