package org.madrigal.core.model;

import java.util.HashSet;
import java.util.List;

/**
 * Everything that says how a member trains: data, model, loss and the way down. Its parts fit each
 * other.
 *
 * @param data what the rows look like
 * @param model the network; its input has as many elements as the data has inputs
 * @param loss what training makes small
 * @param optimiser how it is made small
 * @param local what a member does in a round
 * @param metrics the figures by which models are judged, besides loss and sample count
 */
public record Recipe(
    DataSpec data,
    ModelSpec model,
    Loss loss,
    Optimiser optimiser,
    LocalTraining local,
    List<Metric> metrics) {

  /** Refuses parts that do not fit each other. */
  public Recipe {
    metrics = List.copyOf(metrics);
    if (model.input().elements() != data.inputs()) {
      throw new IllegalArgumentException(
          "The model takes %d inputs %s, but the data gives %d"
              .formatted(model.input().elements(), model.input(), data.inputs()));
    }
    checkLoss(data, model, loss);
    checkClassWeights(data, local);
    if (new HashSet<>(metrics).size() != metrics.size()) {
      throw new IllegalArgumentException("A metric is named twice in " + metrics);
    }
    for (Metric metric : metrics) {
      if (!metric.fits(loss)) {
        throw new IllegalArgumentException(
            "The metric %s cannot be measured on a model with the loss %s"
                .formatted(metric.kind(), loss.kind()));
      }
    }
  }

  private static void checkLoss(DataSpec data, ModelSpec model, Loss loss) {
    int outputs =
        switch (loss) {
          case BINARY_CROSS_ENTROPY -> {
            if (data.classes() != 2) {
              throw new IllegalArgumentException(
                  "The loss binary-cross-entropy needs a target of 2 classes, not %d"
                      .formatted(data.classes()));
            }
            yield 1;
          }
          case CROSS_ENTROPY -> {
            if (data.classes() == 0) {
              throw new IllegalArgumentException(
                  "The loss cross-entropy needs a target of classes, not of numbers");
            }
            yield data.classes();
          }
          case MEAN_SQUARED_ERROR -> {
            if (data.classes() != 0) {
              throw new IllegalArgumentException(
                  "The loss mean-squared-error needs a target of numbers, not of classes");
            }
            yield data.targets();
          }
        };
    if (!model.output().equals(Shape.of(outputs))) {
      throw new IllegalArgumentException(
          "The loss %s needs a model whose output is %s, not %s"
              .formatted(loss.kind(), Shape.of(outputs), model.output()));
    }
    if (loss.classifies() && model.layers().getLast() == Layer.Activation.SIGMOID) {
      throw new IllegalArgumentException(
          "The loss %s applies the sigmoid or softmax itself; remove the last layer (sigmoid)"
              .formatted(loss.kind()));
    }
  }

  private static void checkClassWeights(DataSpec data, LocalTraining local) {
    int weights = local.classWeights().size();
    if (weights != 0 && weights != data.classes()) {
      throw new IllegalArgumentException(
          "The target has %d classes, but there are %d class weights"
              .formatted(data.classes(), weights));
    }
  }
}
