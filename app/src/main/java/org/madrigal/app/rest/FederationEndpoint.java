package org.madrigal.app.rest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chronicle.RoundStory;
import org.madrigal.app.cli.Json;
import org.madrigal.app.config.CharterText;
import org.madrigal.app.config.PrivacyWords;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Feature;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.Metric;
import org.madrigal.core.model.Shape;
import org.madrigal.core.model.Tensor;
import org.madrigal.core.model.ValueRange;
import org.madrigal.core.protocol.Aggregation;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.Secrecy;
import org.madrigal.core.protocol.Weighting;

/** {@code GET /api/v1/federation}: what the members signed up to. */
final class FederationEndpoint implements Endpoint {

  private final Site site;

  FederationEndpoint(Site site) {
    this.site = site;
  }

  @Override
  public Route route() {
    return Route.get(Endpoints.ROOT + "/federation");
  }

  @Override
  public Map<String, @Nullable Object> answer(Call call) throws Problem {
    Charter charter = charter(call);
    Optional<RoundStory> first = call.now().rounds().stream().findFirst();
    return Json.object()
        .put("id", charter.id().toString())
        .put("name", charter.name())
        .put("founded", RoundJson.place(first.map(RoundStory::opened)))
        .put("privacy", privacy(charter))
        .put("members", charter.roster().stream().map(each -> member(charter, each)).toList())
        .put("minimum", charter.rules().minimum())
        .put("votes", charter.rules().votes())
        .put("model", model(charter))
        .put("data", data(charter.recipe().data()))
        .put("training", training(charter))
        .put("aggregation", aggregation(charter.training().aggregation()))
        .put("deadlines", deadlines(charter))
        .put(
            "charter",
            Json.object()
                .put("text", CharterText.of(charter))
                .put("words", CharterWords.sentences(charter))
                .map())
        .map();
  }

  /** The charter, which everything else needs. */
  static Charter charter(Call call) throws Problem {
    return call.now()
        .charter()
        .orElseThrow(() ->
            new Problem(503, "The charter was not read from the ledger yet; ask again in a moment.")
                .with("Retry-After", "2"));
  }

  static @Nullable Integer weight(Charter charter, Member member) {
    return charter.rules().weighting() instanceof Weighting.Masked
        ? null
        : charter.weightOf(member.id());
  }

  private Map<String, @Nullable Object> member(Charter charter, Member member) {
    return Json.object()
        .put("id", member.id().value())
        .put("name", site.names().apply(member.id()))
        .put("key", member.key().text())
        .put("weight", weight(charter, member))
        .map();
  }

  private static Map<String, @Nullable Object> privacy(Charter charter) {
    Optional<Secrecy> secrecy = charter.rules().secrecy();
    return Json.object()
        .put("level", charter.rules().privacy().kind())
        .put("words", PrivacyWords.of(charter))
        .put("hides", CharterWords.hides(charter))
        .put("colluders", secrecy.map(Secrecy::colluders).orElse(null))
        .put("threshold", secrecy.map(Secrecy::threshold).orElse(null))
        .put("bits", secrecy.map(Secrecy::bits).orElse(null))
        .put("epochSlots", secrecy.map(Secrecy::epoch).orElse(null))
        .map();
  }

  private static Map<String, @Nullable Object> model(Charter charter) {
    List<Map<String, @Nullable Object>> layers = new ArrayList<>();
    List<Shape> shapes = charter.recipe().model().shapes();
    List<Layer> all = charter.recipe().model().layers();
    for (int i = 0; i < all.size(); i++) {
      List<Integer> input = shapes.get(i).sizes();
      List<Integer> output = shapes.get(i + 1).sizes();
      layers.add(
          Json.object()
              .put("index", i)
              .put("kind", all.get(i).kind())
              .put("words", CharterWords.layer(all.get(i), input, output))
              .put("output", output)
              .put(
                  "parameters",
                  all.get(i).tensors(shapes.get(i)).stream()
                      .map(Tensor::shape)
                      .mapToInt(Shape::elements)
                      .sum())
              .map());
    }
    return Json.object()
        .put("parameters", charter.layout().length())
        .put("words", CharterWords.model(charter))
        .put("loss", charter.recipe().loss().kind())
        .put("layers", layers)
        .put("initial", CharterWords.initial(charter.initial()))
        .map();
  }

  private static Map<String, @Nullable Object> data(DataSpec data) {
    Json json = Json.object().put("kind", data.kind()).put("words", CharterWords.data(data));
    switch (data) {
      case DataSpec.Table table ->
          json.put("columns", table.features().stream().map(FederationEndpoint::column).toList())
              .put("shape", null)
              .put("missing", table.missingTokens())
              .put("normalisation", table.normalisation().kind());
      case DataSpec.Images images ->
          json.put("columns", null)
              .put("shape", images.shape().sizes())
              .put("missing", List.of())
              .put("normalisation", null);
    }
    return json.put("target", CharterWords.target(data)).put("classes", data.classes()).map();
  }

  private static Map<String, @Nullable Object> column(Feature feature) {
    Json json = Json.object().put("column", feature.column());
    return switch (feature) {
      case Feature.Numeric numeric ->
          json.put("kind", "number")
              .put("levels", null)
              .put("low", numeric.range().map(ValueRange::low).orElse(null))
              .put("high", numeric.range().map(ValueRange::high).orElse(null))
              .map();
      case Feature.OneHot oneHot ->
          json.put("kind", "level")
              .put("levels", oneHot.levels())
              .put("low", null)
              .put("high", null)
              .map();
    };
  }

  private static Map<String, @Nullable Object> training(Charter charter) {
    return Json.object()
        .put("rounds", charter.training().rounds())
        .put("strategy", charter.training().strategy().kind())
        .put("fraction", charter.training().fraction())
        .put("local", CharterWords.local(charter.recipe()))
        .put("evaluation", charter.training().evaluation())
        .put("metrics", charter.recipe().metrics().stream().map(Metric::kind).toList())
        .put("words", CharterWords.training(charter))
        .map();
  }

  private static Map<String, @Nullable Object> aggregation(Aggregation aggregation) {
    return Json.object()
        .put("rule", aggregation.rule().kind())
        .put("plain", aggregation.isPlain())
        .put("clip", aggregation.clip().orElse(null))
        .put("bucket", aggregation.bucket())
        .put("words", CharterWords.aggregation(aggregation))
        .map();
  }

  private static Map<String, @Nullable Object> deadlines(Charter charter) {
    return Json.object()
        .put("enrolmentSeconds", seconds(charter.rules().deadlines().enrolment()))
        .put("roundSeconds", seconds(charter.rules().deadlines().round()))
        .put(
            "stepSeconds",
            charter
                .rules()
                .secrecy()
                .map(Secrecy::step)
                .map(FederationEndpoint::seconds)
                .orElse(null))
        .map();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
