package org.madrigal.core.state;

import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Strategy.FedAdagrad;
import org.madrigal.core.protocol.Strategy.FedAdam;
import org.madrigal.core.protocol.Strategy.FedAvg;
import org.madrigal.core.protocol.Strategy.FedAvgM;
import org.madrigal.core.protocol.Strategy.FedProx;
import org.madrigal.core.protocol.Strategy.FedYogi;

/**
 * The step from the mean of the updates to the next global model, with the moments that some
 * strategies keep. A value: {@link #step} leaves this one as it was.
 *
 * <p>All arithmetic is in doubles, one coordinate after the other, with {@code + - * /} and square
 * root only, so every JVM gets the same bits; the result is rounded to float32 once.
 */
final class ServerOptimiser {

  private final double[] first;
  private final double[] second;

  private ServerOptimiser(double[] first, double[] second) {
    this.first = first;
    this.second = second;
  }

  /** The optimiser before its first step: zero moments. */
  static ServerOptimiser start() {
    return new ServerOptimiser(new double[0], new double[0]);
  }

  /**
   * What a step gives.
   *
   * @param model the next global model
   * @param optimiser the moments after the step
   */
  record Step(Parameters model, ServerOptimiser optimiser) {}

  /**
   * Takes one step.
   *
   * @param strategy the charter's strategy
   * @param model the global parameters
   * @param mean the weighted mean of the updates, as long as the model
   */
  Step step(Strategy strategy, Parameters model, double[] mean) {
    return switch (strategy) {
      case FedAvg s -> new Step(moved(model, 1, mean), this);
      case FedProx s -> new Step(moved(model, 1, mean), this);
      case FedAvgM s -> {
        double[] momentum = decayed(first, s.momentum(), mean, 1);
        yield new Step(moved(model, s.rate(), momentum), new ServerOptimiser(momentum, second));
      }
      case FedAdagrad s -> {
        double[] m = decayed(first, s.beta1(), mean, 1 - s.beta1());
        double[] v = decayed(second, 1, squared(mean), 1);
        yield adaptive(model, m, v, s.rate(), s.tau());
      }
      case FedAdam s -> {
        double[] m = decayed(first, s.beta1(), mean, 1 - s.beta1());
        double[] v = decayed(second, s.beta2(), squared(mean), 1 - s.beta2());
        yield adaptive(model, m, v, s.rate(), s.tau());
      }
      case FedYogi s -> {
        double[] m = decayed(first, s.beta1(), mean, 1 - s.beta1());
        double[] v = yogi(second, squared(mean), 1 - s.beta2());
        yield adaptive(model, m, v, s.rate(), s.tau());
      }
    };
  }

  private static Parameters moved(Parameters model, double rate, double[] direction) {
    float[] next = new float[model.length()];
    for (int i = 0; i < next.length; i++) {
      next[i] = (float) (model.at(i) + rate * direction[i]);
    }
    return Parameters.takeOver(next);
  }

  private static Step adaptive(Parameters model, double[] m, double[] v, double rate, double tau) {
    float[] next = new float[model.length()];
    for (int i = 0; i < next.length; i++) {
      next[i] = (float) (model.at(i) + rate * m[i] / (Math.sqrt(v[i]) + tau));
    }
    return new Step(Parameters.takeOver(next), new ServerOptimiser(m, v));
  }

  /** keep * old + share * fresh; an empty {@code old} is all zeros. */
  private static double[] decayed(double[] old, double keep, double[] fresh, double share) {
    double[] result = new double[fresh.length];
    for (int i = 0; i < result.length; i++) {
      double before = old.length == 0 ? 0 : old[i];
      result[i] = keep * before + share * fresh[i];
    }
    return result;
  }

  private static double[] yogi(double[] old, double[] square, double share) {
    double[] result = new double[square.length];
    for (int i = 0; i < result.length; i++) {
      double before = old.length == 0 ? 0 : old[i];
      result[i] = before - share * square[i] * Math.signum(before - square[i]);
    }
    return result;
  }

  private static double[] squared(double[] values) {
    double[] squares = new double[values.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = values[i] * values[i];
    }
    return squares;
  }
}
