package org.madrigal.core.model;

import java.util.ArrayList;
import java.util.List;

/**
 * How all members bring their inputs to one scale: (x - mean) / (deviation + 1e-9). A missing input
 * takes the mean.
 *
 * @param inputs in their order
 */
public record Standardisation(List<Input> inputs) {

  /** Copies the list. */
  public Standardisation {
    inputs = List.copyOf(inputs);
  }

  /**
   * One input.
   *
   * @param mean what becomes 0
   * @param deviation what becomes 1
   */
  public record Input(double mean, double deviation) {

    /** Below this share of the range the statistics tell no deviation from none. */
    private static final double LEAST_SHARE = StrictMath.scalb(1.0, -15);

    /** Refuses what is no scale. */
    public Input {
      if (!Double.isFinite(mean) || !(deviation >= 0) || !Double.isFinite(deviation)) {
        throw new IllegalArgumentException(
            "No input has the mean %s and the deviation %s".formatted(mean, deviation));
      }
    }

    /** An input that hardly changes is not blown up: its deviation counts as 2^-15 of its range. */
    static Input of(double mean, double variance, double width) {
      return new Input(mean, Math.max(Math.sqrt(variance), LEAST_SHARE * width));
    }
  }

  /** By what is known of the rows of all members. */
  public static Standardisation by(DataSpec.Table table, Statistics statistics) {
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < table.features().size(); i++) {
      inputs.addAll(statistics.columns().get(i).inputs(table.features().get(i)));
    }
    return new Standardisation(inputs);
  }

  /**
   * By the charter alone, where statistics are not to be had: as if the numbers were spread evenly
   * over their ranges, and all levels equally frequent.
   */
  public static Standardisation assumed(DataSpec.Table table) {
    List<Input> inputs = new ArrayList<>();
    for (Feature feature : table.features()) {
      switch (feature) {
        case Feature.Numeric numeric -> {
          ValueRange range = numeric.range().orElseThrow();
          inputs.add(new Input(range.number(0.5), range.width() / Math.sqrt(12)));
        }
        case Feature.OneHot oneHot -> {
          double share = 1.0 / oneHot.levels().size();
          for (int i = 0; i < oneHot.width(); i++) {
            inputs.add(new Input(share, Math.sqrt(share * (1 - share))));
          }
        }
      }
    }
    return new Standardisation(inputs);
  }
}
