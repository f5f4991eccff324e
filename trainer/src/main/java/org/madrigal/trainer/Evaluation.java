package org.madrigal.trainer;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.model.Loss;
import org.madrigal.core.model.Metric;
import org.madrigal.core.model.ScoreHistogram;
import org.madrigal.core.model.Tally;
import org.madrigal.trainer.data.Dataset;

/**
 * How good a model is on some rows.
 *
 * @param samples the rows it was judged by, 1 or more
 * @param loss the mean loss, without class weights
 * @param values every metric of one number that fits the loss and is defined for these rows
 * @param confusion the classes' confusion; empty where the targets are numbers
 * @param scores how often which probability was given; empty unless there are two classes and one
 *     output
 */
public record Evaluation(
    int samples,
    double loss,
    SortedMap<Metric, Double> values,
    Optional<Confusion> confusion,
    Optional<ScoreHistogram> scores) {

  /** An evaluation without scores. */
  public Evaluation(
      int samples, double loss, SortedMap<Metric, Double> values, Optional<Confusion> confusion) {
    this(samples, loss, values, confusion, Optional.empty());
  }

  /** Copies the values. */
  public Evaluation {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * Judges what a model gave for the rows of {@code data}.
   *
   * @throws TrainerException if the loss is not finite: the model has diverged
   */
  public static Evaluation of(Outputs outputs, Dataset data) {
    double loss = outputs.meanLoss(data);
    if (!Double.isFinite(loss)) {
      throw new TrainerException(
          "The model cannot be judged: its loss on these %d rows is %s; its parameters are too large"
              .formatted(data.rows(), loss));
    }
    TreeMap<Metric, Double> values = new TreeMap<>();
    Optional<Confusion> confusion = Optional.empty();
    Optional<ScoreHistogram> counted = Optional.empty();
    if (outputs.loss().classifies()) {
      int[] actual = new int[data.rows()];
      for (int row = 0; row < actual.length; row++) {
        actual[row] = (int) data.targets().at(row, 0);
      }
      int[] predicted = outputs.classes();
      values.put(Metric.ACCURACY, Scores.accuracy(actual, predicted));
      confusion = Optional.of(Scores.confusion(actual, predicted, data.classes()));
      if (outputs.loss() == Loss.BINARY_CROSS_ENTROPY) {
        double[] scores = new double[actual.length];
        for (int row = 0; row < scores.length; row++) {
          scores[row] = outputs.values().at(row, 0);
        }
        counted = Optional.of(Scores.histogram(actual, scores));
        Scores.auc(actual, scores).ifPresent(auc -> values.put(Metric.AUC, auc));
        Scores.averagePrecision(actual, scores)
            .ifPresent(precision -> values.put(Metric.AVERAGE_PRECISION, precision));
      }
    } else {
      values.put(
          Metric.MEAN_SQUARED_ERROR, Scores.meanSquaredError(data.targets(), outputs.values()));
      values.put(
          Metric.MEAN_ABSOLUTE_ERROR, Scores.meanAbsoluteError(data.targets(), outputs.values()));
      Scores.r2(data.targets(), outputs.values()).ifPresent(r2 -> values.put(Metric.R2, r2));
    }
    return new Evaluation(data.rows(), loss, values, confusion, counted);
  }

  /** The same as numbers that can be added up. */
  public Tally tally() {
    return new Tally(
        samples,
        loss * samples,
        confusion.map(Confusion::counts).orElse(List.of()).stream()
            .map(row -> row.stream().map(Integer::longValue).toList())
            .toList(),
        scores);
  }

  /** The value of {@code metric}, if it fits the loss and is defined for these rows. */
  public OptionalDouble value(Metric metric) {
    Double value = values.get(metric);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** The share of rows whose class was predicted; empty where the targets are numbers. */
  public OptionalDouble accuracy() {
    return value(Metric.ACCURACY);
  }

  /** The area under the curve; empty unless there are two classes and both are present. */
  public OptionalDouble auc() {
    return value(Metric.AUC);
  }

  /** Loss and values by name, such as {@code loss} and {@code accuracy}. */
  public SortedMap<String, Double> named() {
    TreeMap<String, Double> named = new TreeMap<>();
    named.put("loss", loss);
    for (Map.Entry<Metric, Double> value : values.entrySet()) {
      named.put(value.getKey().kind(), value.getValue());
    }
    return named;
  }
}
