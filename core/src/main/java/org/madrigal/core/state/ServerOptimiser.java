package org.madrigal.core.state;

import java.util.function.Consumer;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Aggregation.CentredClipping;
import org.madrigal.core.protocol.Charter;
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
 * root only, so every JVM gets the same bits; the result is rounded to float32 once. A step goes
 * through the model in blocks that stay in the processor's cache; the moments are kept in the same
 * blocks.
 */
final class ServerOptimiser {

  private static final double[] ZEROS = new double[MeanUpdate.BLOCK];

  private static final double[][] NONE = new double[0][];

  private final boolean keepsMean;
  private final double[][] mean;
  private final double[][] first;
  private final double[][] second;

  private ServerOptimiser(boolean keepsMean, double[][] mean, double[][] first, double[][] second) {
    this.keepsMean = keepsMean;
    this.mean = mean;
    this.first = first;
    this.second = second;
  }

  /** The optimiser before its first step: zero moments. */
  static ServerOptimiser start() {
    return new ServerOptimiser(false, NONE, NONE, NONE);
  }

  /** As {@link #start()}; keeps the last mean as well where the charter's aggregation uses it. */
  static ServerOptimiser start(Charter charter) {
    boolean keepsMean = charter.training().aggregation().rule() instanceof CentredClipping;
    return new ServerOptimiser(keepsMean, NONE, NONE, NONE);
  }

  /** The mean of the last step, where it is kept; zero before the first. */
  MeanUpdate last() {
    return (from, count, into) ->
        System.arraycopy(moment(mean, from / MeanUpdate.BLOCK), 0, into, 0, count);
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
   * @param update what the updates were made to, as long as the model
   */
  Step step(Strategy strategy, Parameters model, MeanUpdate update) {
    Rule rule = ruleOf(strategy);
    float[] next = new float[model.length()];
    int blocks = Math.ceilDiv(next.length, MeanUpdate.BLOCK);
    double[][] newMean = new double[keepsMean ? blocks : 0][];
    double[][] newFirst = new double[rule.moments() > 0 ? blocks : 0][];
    double[][] newSecond = new double[rule.moments() > 1 ? blocks : 0][];
    double[] step = new double[Math.min(MeanUpdate.BLOCK, next.length)];
    for (int k = 0; k < blocks; k++) {
      int from = k * MeanUpdate.BLOCK;
      int count = Math.min(MeanUpdate.BLOCK, next.length - from);
      update.read(from, count, step);
      keep(keepsMean ? step.clone() : step, newMean, k);
      Block block = new Block(count, step, moment(first, k), moment(second, k));
      rule.turn().accept(block);
      keep(block.first, newFirst, k);
      keep(block.second, newSecond, k);
      for (int i = 0; i < count; i++) {
        next[from + i] = (float) (model.at(from + i) + step[i]);
      }
    }
    return new Step(
        Parameters.takeOver(next), new ServerOptimiser(keepsMean, newMean, newFirst, newSecond));
  }

  /**
   * How a strategy turns the mean of some coordinates into what is added to the model.
   *
   * @param moments how many moments it keeps: none, the first, or both
   * @param turn moves the moments of the block on, and its mean to the step
   */
  private record Rule(int moments, Consumer<Block> turn) {}

  private static Rule ruleOf(Strategy strategy) {
    return switch (strategy) {
      case FedAvg s -> new Rule(0, block -> {});
      case FedProx s -> new Rule(0, block -> {});
      case FedAvgM s ->
          new Rule(
              1,
              block -> {
                block.decayFirst(s.momentum(), 1);
                block.followFirst(s.rate());
              });
      case FedAdagrad s ->
          new Rule(
              2,
              block -> {
                block.decayFirst(s.beta1(), 1 - s.beta1());
                block.decaySecond(1, 1);
                block.followBoth(s.rate(), s.tau());
              });
      case FedAdam s ->
          new Rule(
              2,
              block -> {
                block.decayFirst(s.beta1(), 1 - s.beta1());
                block.decaySecond(s.beta2(), 1 - s.beta2());
                block.followBoth(s.rate(), s.tau());
              });
      case FedYogi s ->
          new Rule(
              2,
              block -> {
                block.decayFirst(s.beta1(), 1 - s.beta1());
                block.moveSecondBySign(1 - s.beta2());
                block.followBoth(s.rate(), s.tau());
              });
    };
  }

  /** A block of a moment, which is zero before the first step. */
  private static double[] moment(double[][] blocks, int k) {
    return blocks.length == 0 ? ZEROS : blocks[k];
  }

  private static void keep(double[] moment, double[][] blocks, int k) {
    if (blocks.length > 0) {
      blocks[k] = moment;
    }
  }

  /** Some coordinates on their way. */
  private static final class Block {

    private final int count;

    /** The mean of the updates; a rule replaces it by what is added to the model. */
    private final double[] step;

    /** The moments, which a rule replaces and never changes. */
    private double[] first;

    private double[] second;

    Block(int count, double[] step, double[] first, double[] second) {
      this.count = count;
      this.step = step;
      this.first = first;
      this.second = second;
    }

    void decayFirst(double keep, double share) {
      double[] next = new double[count];
      for (int i = 0; i < count; i++) {
        next[i] = keep * first[i] + share * step[i];
      }
      first = next;
    }

    void decaySecond(double keep, double share) {
      double[] next = new double[count];
      for (int i = 0; i < count; i++) {
        next[i] = keep * second[i] + share * (step[i] * step[i]);
      }
      second = next;
    }

    void moveSecondBySign(double share) {
      double[] next = new double[count];
      for (int i = 0; i < count; i++) {
        double square = step[i] * step[i];
        next[i] = second[i] - share * square * Math.signum(second[i] - square);
      }
      second = next;
    }

    void followFirst(double rate) {
      for (int i = 0; i < count; i++) {
        step[i] = rate * first[i];
      }
    }

    void followBoth(double rate, double tau) {
      for (int i = 0; i < count; i++) {
        step[i] = rate * first[i] / (Math.sqrt(second[i]) + tau);
      }
    }
  }
}
