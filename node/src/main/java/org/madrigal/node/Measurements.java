package org.madrigal.node;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.trainer.Evaluation;
import org.madrigal.trainer.TrainedUpdate;
import org.madrigal.trainer.Trainer;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.data.Split;

/**
 * What a member says of a model, by name: {@code test.loss}, {@code test.accuracy}, {@code
 * test.auc} and whatever else is defined for its own test rows, their number {@code test.samples};
 * of its training {@code train.loss} and {@code train.samples}. What is not finite is left out.
 */
final class Measurements {

  private final SortedMap<String, Double> values = new TreeMap<>();

  /** Judges {@code model} on the member's test rows, where it has any. */
  Measurements test(Trainer trainer, Parameters model) throws InterruptedException {
    if (trainer.describe().testRows() == 0) {
      return this;
    }
    try {
      Evaluation evaluation = trainer.evaluate(model, Split.TEST);
      for (Map.Entry<String, Double> value : evaluation.named().entrySet()) {
        put("test." + value.getKey(), value.getValue());
      }
      put("test.samples", evaluation.samples());
    } catch (TrainerException e) {
      // An update counts without figures, and the next round's figures follow.
      values.keySet().removeIf(name -> name.startsWith("test."));
    }
    return this;
  }

  /** Adds what training measured. */
  Measurements train(TrainedUpdate update) {
    Double loss = update.metrics().get("loss");
    if (loss != null) {
      put("train.loss", loss);
    }
    put("train.samples", update.samples());
    return this;
  }

  private void put(String name, double value) {
    if (Double.isFinite(value) && values.size() < Metrics.MAX_COUNT) {
      values.put(name, value);
    }
  }

  Metrics toMetrics() {
    return new Metrics(values);
  }
}
