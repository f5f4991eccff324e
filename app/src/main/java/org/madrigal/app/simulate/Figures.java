package org.madrigal.app.simulate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.model.Metric;
import org.madrigal.core.model.Recipe;
import org.madrigal.trainer.Evaluation;

/**
 * Evaluations as figures by name, in a fixed order: for classes accuracy, AUC and loss, for numbers
 * the loss, and then every other metric of the recipe that is one number. A figure that is
 * undefined on the rows is null.
 */
public final class Figures {

  private final List<Metric> before;
  private final List<Metric> after;
  private final String first;

  private Figures(List<Metric> before, List<Metric> after, String first) {
    this.before = before;
    this.after = after;
    this.first = first;
  }

  /** The figures of models trained by {@code recipe}. */
  public static Figures of(Recipe recipe) {
    List<Metric> before =
        recipe.loss().classifies() ? List.of(Metric.ACCURACY, Metric.AUC) : List.of();
    List<Metric> after = new ArrayList<>(recipe.metrics());
    after.removeAll(before);
    after.remove(Metric.CONFUSION);
    String first =
        recipe.metrics().stream()
            .filter(metric -> metric != Metric.CONFUSION)
            .map(Metric::kind)
            .findFirst()
            .orElse("loss");
    return new Figures(before, List.copyOf(after), first);
  }

  /** The figures of one evaluation. */
  public Map<String, @Nullable Double> of(Evaluation evaluation) {
    Map<String, @Nullable Double> figures = new LinkedHashMap<>();
    before.forEach(metric -> figures.put(metric.kind(), orNull(evaluation.value(metric))));
    figures.put("loss", evaluation.loss());
    after.forEach(metric -> figures.put(metric.kind(), orNull(evaluation.value(metric))));
    return figures;
  }

  /** The unweighted mean of each figure, over the evaluations in which it is defined. */
  public Map<String, @Nullable Double> mean(Collection<Evaluation> evaluations) {
    Map<String, List<Double>> defined = new LinkedHashMap<>();
    for (Evaluation evaluation : evaluations) {
      of(evaluation)
          .forEach((name, value) -> {
            List<Double> values = defined.computeIfAbsent(name, absent -> new ArrayList<>());
            if (value != null) {
              values.add(value);
            }
          });
    }
    Map<String, @Nullable Double> mean = new LinkedHashMap<>();
    defined.forEach((name, values) ->
        mean.put(name, orNull(values.stream().mapToDouble(Double::doubleValue).average())));
    return mean;
  }

  /** The figure that people look at first: the recipe's first metric. */
  public String first() {
    return first;
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }
}
