package org.madrigal.app.config;

import java.util.List;
import org.madrigal.app.yaml.Kind;
import org.madrigal.app.yaml.Section;
import org.madrigal.app.yaml.Value;
import org.madrigal.core.model.Amount;
import org.madrigal.core.model.DataSpec;
import org.madrigal.core.model.LocalTraining;
import org.madrigal.core.model.Loss;
import org.madrigal.core.model.Metric;
import org.madrigal.core.model.ModelSpec;
import org.madrigal.core.model.Optimiser;
import org.madrigal.core.model.Recipe;

/** Reads the part of a charter file that says what is trained and how. */
final class RecipeFile {

  private static final int MAX_COUNT = 1_000_000;

  private RecipeFile() {}

  static Recipe recipe(Section file, Section model, Value local) {
    DataSpec data = DataFile.data(file.required("data"));
    ModelSpec network = ModelFile.model(model);
    Section settings =
        local.section("steps", "epochs", "batch", "loss", "optimiser", "seed", "class-weights");
    Loss loss = settings.required("loss").choice(List.of(Loss.values()), Loss::kind);
    Optimiser optimiser = optimiser(settings.required("optimiser"));
    LocalTraining training = training(settings);
    List<Metric> metrics =
        file.optional("metrics")
            .map(value ->
                value.list().stream()
                    .map(each -> each.choice(List.of(Metric.values()), Metric::kind))
                    .toList())
            .orElseGet(() -> usualMetrics(loss));
    return model
        .value()
        .checked(() -> new Recipe(data, network, loss, optimiser, training, metrics));
  }

  private static List<Metric> usualMetrics(Loss loss) {
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> List.of(Metric.ACCURACY, Metric.AUC);
      case CROSS_ENTROPY -> List.of(Metric.ACCURACY);
      case MEAN_SQUARED_ERROR -> List.of(Metric.MEAN_SQUARED_ERROR, Metric.MEAN_ABSOLUTE_ERROR);
    };
  }

  private static LocalTraining training(Section local) {
    if (local.optional("steps").isPresent() == local.optional("epochs").isPresent()) {
      throw local
          .value()
          .wrong("Exactly one of the keys 'steps' and 'epochs' says how long a member trains.");
    }
    Amount amount =
        local
            .optional("steps")
            .<Amount>map(steps -> new Amount.Steps(steps.smallInteger(1, MAX_COUNT)))
            .orElseGet(
                () -> new Amount.Epochs(local.required("epochs").smallInteger(1, MAX_COUNT)));
    int batch = local.required("batch").smallInteger(1, MAX_COUNT);
    long seed = local.optional("seed").map(s -> s.integer(0, Long.MAX_VALUE)).orElse(0L);
    List<Double> weights =
        local
            .optional("class-weights")
            .map(value -> value.list().stream().map(Value::real).toList())
            .orElse(List.of());
    return local.value().checked(() -> new LocalTraining(amount, batch, seed, weights));
  }

  private static Optimiser optimiser(Value value) {
    Kind kind = value.kind("sgd", "adam");
    return kind.value()
        .checked(() -> {
          if (kind.name().equals("sgd")) {
            Section s = kind.section("rate", "momentum", "weight-decay");
            return new Optimiser.Sgd(
                s.required("rate").real(),
                CharterFile.real(s, "momentum", 0),
                CharterFile.real(s, "weight-decay", 0));
          }
          Section s = kind.section("rate", "beta1", "beta2", "epsilon");
          return new Optimiser.Adam(
              s.required("rate").real(),
              CharterFile.real(s, "beta1", 0.9),
              CharterFile.real(s, "beta2", 0.999),
              CharterFile.real(s, "epsilon", 1e-8));
        });
  }
}
