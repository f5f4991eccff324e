package org.madrigal.app.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.Json;
import org.madrigal.app.config.PrivacyWords;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.Layer;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Recipe;
import org.madrigal.core.model.Target;
import org.madrigal.core.protocol.Aggregation;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Initial;
import org.madrigal.core.protocol.Strategy;

/** What a charter says, in plain words. */
final class CharterWords {

  private CharterWords() {}

  /** The whole charter in sentences. */
  static List<String> sentences(Charter charter) {
    List<String> words = new ArrayList<>();
    words.add(
        "%d members train %s in %d rounds."
            .formatted(
                charter.roster().size(),
                model(charter).toLowerCase(java.util.Locale.ROOT),
                charter.training().rounds()));
    words.add("They predict %s.".formatted(target(charter.recipe().data())));
    words.addAll(training(charter));
    words.add(aggregation(charter.training().aggregation()));
    words.addAll(PrivacyWords.of(charter));
    words.add(
        "A round closes when everybody expected has spoken, or after %d seconds with %d of them."
            .formatted(charter.rules().deadlines().round().toSeconds(), charter.rules().minimum()));
    words.add("%d votes exclude a member.".formatted(charter.rules().votes()));
    return List.copyOf(words);
  }

  static String model(Charter charter) {
    return "A network of %d %s with %d parameters"
        .formatted(
            charter.recipe().model().layers().size(),
            charter.recipe().model().layers().size() == 1 ? "layer" : "layers",
            charter.layout().length());
  }

  static String initial(Initial initial) {
    return switch (initial) {
      case Initial.Drawn drawn -> "drawn from the seed " + drawn.seed();
      case Initial.Pinned pinned ->
          "a model that the members agreed on, " + pinned.digest().abbreviated();
    };
  }

  static String layer(Layer layer, List<Integer> input, List<Integer> output) {
    return "%s, %s to %s".formatted(layer.kind(), input, output);
  }

  static String data(DataSpec data) {
    return switch (data) {
      case DataSpec.Table table ->
          "Rows with %d columns, which make %d inputs"
              .formatted(table.features().size(), table.inputs());
      case DataSpec.Images images ->
          "Images of %s, channels, height and width".formatted(images.shape());
    };
  }

  static String target(DataSpec data) {
    return switch (data) {
      case DataSpec.Images images -> "the class of an image, one of " + images.classes();
      case DataSpec.Table table ->
          switch (table.target()) {
            case Target.Above above ->
                "whether %s is above %s".formatted(above.column(), above.threshold());
            case Target.Classes classes ->
                "which of %s %s is".formatted(String.join(", ", classes.names()), classes.column());
            case Target.Numbers numbers -> "the numbers " + String.join(", ", numbers.columns());
          };
    };
  }

  /** What each number of a prediction is. */
  static List<String> outputs(DataSpec data) {
    int classes = data.classes();
    if (classes == 2) {
      return List.of("probability that it is class 1: " + target(data));
    }
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      outputs.add("probability of class " + i);
    }
    if (classes == 0 && data instanceof DataSpec.Table table) {
      outputs.addAll(table.target().columns());
    }
    return List.copyOf(outputs);
  }

  static String local(Recipe recipe) {
    LocalTraining local = recipe.local();
    return "%d %s in batches of %d, %s at a rate of %s, to make %s small"
        .formatted(
            local.amount().count(),
            local.amount().kind(),
            local.batchSize(),
            recipe.optimiser().kind(),
            recipe.optimiser().rate(),
            recipe.loss().kind());
  }

  static List<String> training(Charter charter) {
    List<String> words = new ArrayList<>();
    words.add("In a round each member trains %s.".formatted(local(charter.recipe())));
    words.add(
        "The strategy %s takes the step from their mean to the next model."
            .formatted(strategy(charter.training().strategy())));
    if (charter.training().fraction() < 1) {
      words.add(
          "%s of the members are drawn for each round.".formatted(charter.training().fraction()));
    }
    if (charter.training().evaluation()) {
      words.add("All members' test rows together judge the last model.");
    }
    return List.copyOf(words);
  }

  static String strategy(Strategy strategy) {
    return switch (strategy) {
      case Strategy.FedAvg s -> s.kind() + ", the mean as it is,";
      case Strategy.FedProx s -> s.kind() + ", which holds members near the global model,";
      case Strategy.FedAvgM s -> s.kind() + ", with momentum,";
      case Strategy.FedAdagrad s -> s.kind() + ", with a step of its own for each parameter,";
      case Strategy.FedAdam s -> s.kind() + ", with a step of its own for each parameter,";
      case Strategy.FedYogi s -> s.kind() + ", with a step of its own for each parameter,";
    };
  }

  static String aggregation(Aggregation aggregation) {
    String rule =
        switch (aggregation.rule()) {
          case Aggregation.Mean r -> "The updates become one as their mean";
          case Aggregation.Median r -> "The updates become one as the median of each parameter";
          case Aggregation.TrimmedMean r ->
              "The updates become one as their mean without the %d largest and %d smallest values of each parameter"
                  .formatted(r.cut(), r.cut());
          case Aggregation.Krum r ->
              "The updates become one as the mean of the %d that are nearest to others"
                  .formatted(r.selected());
          case Aggregation.GeometricMedian r ->
              "The updates become one as the point nearest to all of them";
          case Aggregation.CentredClipping r ->
              "The updates become one by steps from the last one, each cut to the radius "
                  + r.radius();
        };
    String clip =
        aggregation
            .clip()
            .map(norm -> "; longer ones are cut to the length %s first".formatted(norm))
            .orElse("");
    String bucket =
        aggregation.bucket() > 1
            ? "; means of %d at a time take their place".formatted(aggregation.bucket())
            : "";
    return rule + clip + bucket + ".";
  }

  /** Who sees what, and what not. */
  static List<Map<String, @Nullable Object>> hides(Charter charter) {
    String order = "who spoke when, how much, and what was refused";
    return switch (charter.rules().privacy()) {
      case NONE ->
          List.of(
              sight(
                  "everybody who reads the ledger",
                  "every update, every model and every figure",
                  "the rows themselves"));
      case MEMBERS ->
          List.of(
              sight("other members", "each update and every model", "the rows themselves"),
              sight(
                  "whoever runs the ledger, and strangers",
                  order + "; the digests of the models",
                  "updates, figures, and every model but the initial one"));
      case MASKED ->
          List.of(
              sight(
                  "other members",
                  "every model, and what all updates of a round come to together",
                  "each single update and each single figure"),
              sight(
                  "whoever runs the ledger, and strangers",
                  order + "; the digests of the models",
                  "updates, figures, and every model but the initial one"));
    };
  }

  private static Map<String, @Nullable Object> sight(String who, String sees, String hidden) {
    return Json.object().put("who", who).put("sees", sees).put("hidden", hidden).map();
  }
}
