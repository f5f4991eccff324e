package org.madrigal.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How often a model of two classes gave which probability: as counts that can be added up, and from
 * which area under the curve and calibration follow within known bounds.
 *
 * @param negatives of the rows of class 0, how many have their probability of class 1 in each of
 *     {@link #BINS} equal parts of 0 to 1
 * @param positives the same of the rows of class 1
 */
public record ScoreHistogram(List<Long> negatives, List<Long> positives) {

  /** The number of parts. */
  public static final int BINS = 256;

  /** How many groups of bins a reliability diagram has. */
  public static final int GROUPS = 16;

  /** Refuses another number of parts. */
  public ScoreHistogram {
    negatives = List.copyOf(negatives);
    positives = List.copyOf(positives);
    if (negatives.size() != BINS || positives.size() != BINS) {
      throw new IllegalArgumentException(
          "Scores are counted in %d parts, not %d and %d"
              .formatted(BINS, negatives.size(), positives.size()));
    }
  }

  /** The histogram of no rows. */
  public static ScoreHistogram none() {
    return new ScoreHistogram(Counts.zeros(BINS), Counts.zeros(BINS));
  }

  /** The part in which a probability lies. */
  public static int bin(double probability) {
    return Math.clamp((int) (probability * BINS), 0, BINS - 1);
  }

  /** Of these rows and {@code other} ones. */
  public ScoreHistogram plus(ScoreHistogram other) {
    return new ScoreHistogram(
        Counts.plus(negatives, other.negatives), Counts.plus(positives, other.positives));
  }

  /** How many rows there are. */
  public long rows() {
    return Counts.total(negatives) + Counts.total(positives);
  }

  /**
   * The area under the receiver operating characteristic, with pairs of one bin counting half; that
   * of the probabilities themselves is at most {@link #aucError} away. Empty if one class is
   * absent.
   */
  public OptionalDouble auc() {
    double won = 0;
    long below = 0;
    for (int bin = 0; bin < BINS; bin++) {
      won += positives.get(bin) * (below + negatives.get(bin) / 2.0);
      below += negatives.get(bin);
    }
    double pairs = pairs();
    return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(won / pairs);
  }

  /** Half of the share of pairs of both classes that lie in one bin; 0 if one class is absent. */
  public double aucError() {
    double tied = 0;
    for (int bin = 0; bin < BINS; bin++) {
      tied += (double) positives.get(bin) * negatives.get(bin);
    }
    return pairs() == 0 ? 0 : tied / 2 / pairs();
  }

  private double pairs() {
    return (double) Counts.total(positives) * Counts.total(negatives);
  }

  /**
   * One group of a reliability diagram.
   *
   * @param rows how many rows have their probability in the group
   * @param predicted their mean probability, each taken as the middle of its bin: at most half a
   *     bin off; the middle of the group where there are none
   * @param observed the share of class 1 among them; 0 where there are none
   */
  public record Reliability(long rows, double predicted, double observed) {}

  /** The reliability diagram: {@link #GROUPS} equal parts of 0 to 1. */
  public List<Reliability> reliability() {
    List<Reliability> groups = new ArrayList<>();
    int size = BINS / GROUPS;
    for (int group = 0; group < GROUPS; group++) {
      long rows = 0;
      long ones = 0;
      double predicted = 0;
      for (int bin = group * size; bin < (group + 1) * size; bin++) {
        long inside = positives.get(bin) + negatives.get(bin);
        rows += inside;
        ones += positives.get(bin);
        predicted += inside * (bin + 0.5) / BINS;
      }
      groups.add(
          rows == 0
              ? new Reliability(0, (group + 0.5) / GROUPS, 0)
              : new Reliability(rows, predicted / rows, (double) ones / rows));
    }
    return groups;
  }

  /**
   * The expected calibration error: the mean distance of predicted and observed over the rows, off
   * by at most half a bin. Empty without rows.
   */
  public OptionalDouble calibrationError() {
    double sum = 0;
    for (Reliability group : reliability()) {
      sum += group.rows() * Math.abs(group.predicted() - group.observed());
    }
    return rows() == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / rows());
  }
}
