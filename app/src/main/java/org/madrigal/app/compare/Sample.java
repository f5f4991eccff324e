package org.madrigal.app.compare;

import java.util.List;

/**
 * The figures of several seeds.
 *
 * @param values one for each seed, at least one
 */
record Sample(List<Double> values) {

  Sample {
    values = List.copyOf(values);
  }

  /** The mean. */
  double mean() {
    return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
  }

  /** The standard deviation (n - 1); 0 for a single value. */
  double deviation() {
    double mean = mean();
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
  }
}
