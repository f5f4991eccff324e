package org.madrigal.trainer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.madrigal.core.model.ScoreHistogram;
import org.madrigal.trainer.data.Matrix;

/**
 * The figures by which predictions are judged, in plain double arithmetic. Scores of two classes
 * are any numbers that rise with the probability of class 1.
 */
public final class Scores {

  private Scores() {}

  /** The share of equal entries. */
  public static double accuracy(int[] actual, int[] predicted) {
    checkSameLength(actual.length, predicted.length);
    int right = 0;
    for (int i = 0; i < actual.length; i++) {
      if (actual[i] == predicted[i]) {
        right++;
      }
    }
    return (double) right / actual.length;
  }

  /** How often each class was taken for each. */
  public static Confusion confusion(int[] actual, int[] predicted, int classes) {
    checkSameLength(actual.length, predicted.length);
    int[][] counts = new int[classes][classes];
    for (int i = 0; i < actual.length; i++) {
      counts[actual[i]][predicted[i]]++;
    }
    List<List<Integer>> rows = new ArrayList<>();
    for (int[] row : counts) {
      rows.add(Arrays.stream(row).boxed().toList());
    }
    return new Confusion(rows);
  }

  /**
   * The area under the receiver operating characteristic: the chance that a random positive scores
   * above a random negative, ties counting half (Mann and Whitney's U / (positives * negatives)).
   * Empty if one class is absent.
   */
  public static OptionalDouble auc(int[] actual, double[] scores) {
    checkSameLength(actual.length, scores.length);
    Integer[] order = byScore(scores);
    long positives = Arrays.stream(actual).filter(label -> label == 1).count();
    long negatives = actual.length - positives;
    if (positives == 0 || negatives == 0) {
      return OptionalDouble.empty();
    }
    double won = 0; // pairs of a positive above a negative
    long below = 0; // negatives with a lower score
    for (int from = 0; from < order.length; ) {
      int to = endOfTies(order, scores, from);
      long tiedPositives = 0;
      for (int i = from; i < to; i++) {
        tiedPositives += actual[order[i]];
      }
      long tiedNegatives = to - from - tiedPositives;
      won += tiedPositives * (below + tiedNegatives / 2.0);
      below += tiedNegatives;
      from = to;
    }
    return OptionalDouble.of(won / ((double) positives * negatives));
  }

  /**
   * How often which probability of class 1 was given.
   *
   * @param logits what the sigmoid makes probabilities
   */
  public static ScoreHistogram histogram(int[] actual, double[] logits) {
    checkSameLength(actual.length, logits.length);
    long[][] counts = new long[2][ScoreHistogram.BINS];
    for (int i = 0; i < actual.length; i++) {
      counts[actual[i]][ScoreHistogram.bin(1 / (1 + Math.exp(-logits[i])))]++;
    }
    return new ScoreHistogram(
        Arrays.stream(counts[0]).boxed().toList(), Arrays.stream(counts[1]).boxed().toList());
  }

  /**
   * The sum over the distinct scores, from the top, of precision times the rise of recall (no
   * interpolation; scikit-learn's {@code average_precision_score}). Empty without positives.
   */
  public static OptionalDouble averagePrecision(int[] actual, double[] scores) {
    checkSameLength(actual.length, scores.length);
    double[] negated = Arrays.stream(scores).map(score -> -score).toArray();
    Integer[] order = byScore(negated);
    long positives = Arrays.stream(actual).filter(label -> label == 1).count();
    if (positives == 0) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    long found = 0;
    for (int from = 0; from < order.length; ) {
      int to = endOfTies(order, negated, from);
      long tiedPositives = 0;
      for (int i = from; i < to; i++) {
        tiedPositives += actual[order[i]];
      }
      found += tiedPositives;
      sum += (double) found / to * tiedPositives;
      from = to;
    }
    return OptionalDouble.of(sum / positives);
  }

  /** The mean of (prediction - target)^2 over all rows and columns. */
  public static double meanSquaredError(Matrix targets, Matrix predictions) {
    double sum = 0;
    for (int row = 0; row < targets.rows(); row++) {
      for (int column = 0; column < targets.columns(); column++) {
        double error = (double) predictions.at(row, column) - targets.at(row, column);
        sum += error * error;
      }
    }
    return sum / ((double) targets.rows() * targets.columns());
  }

  /** The mean of |prediction - target| over all rows and columns. */
  public static double meanAbsoluteError(Matrix targets, Matrix predictions) {
    double sum = 0;
    for (int row = 0; row < targets.rows(); row++) {
      for (int column = 0; column < targets.columns(); column++) {
        sum += Math.abs((double) predictions.at(row, column) - targets.at(row, column));
      }
    }
    return sum / ((double) targets.rows() * targets.columns());
  }

  /**
   * One minus the squared errors over the squared distances from the mean, for each column, and the
   * mean over the columns. Empty if a column's targets are all the same.
   */
  public static OptionalDouble r2(Matrix targets, Matrix predictions) {
    double sum = 0;
    for (int column = 0; column < targets.columns(); column++) {
      double mean = 0;
      for (int row = 0; row < targets.rows(); row++) {
        mean += targets.at(row, column);
      }
      mean /= targets.rows();
      double errors = 0;
      double spread = 0;
      for (int row = 0; row < targets.rows(); row++) {
        double error = (double) predictions.at(row, column) - targets.at(row, column);
        double distance = targets.at(row, column) - mean;
        errors += error * error;
        spread += distance * distance;
      }
      if (spread == 0) {
        return OptionalDouble.empty();
      }
      sum += 1 - errors / spread;
    }
    return OptionalDouble.of(sum / targets.columns());
  }

  private static Integer[] byScore(double[] scores) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
    return order;
  }

  private static int endOfTies(Integer[] order, double[] scores, int from) {
    int to = from + 1;
    while (to < order.length && scores[order[to]] == scores[order[from]]) {
      to++;
    }
    return to;
  }

  private static void checkSameLength(int actual, int predicted) {
    if (actual != predicted || actual == 0) {
      throw new IllegalArgumentException(
          "%d predictions cannot be judged by %d labels".formatted(predicted, actual));
    }
  }
}
