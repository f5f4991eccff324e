package org.madrigal.core.protocol;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the updates of a round become the one update that the strategy takes its step by. Everything
 * but the plain mean needs updates that the members can read.
 *
 * @param rule how several vectors become one
 * @param clip the largest L2 norm of an update, to which longer ones are scaled down first (Sun et
 *     al. 2019, arXiv 1911.07963); between 1e-9 and 1e9
 * @param bucket how many updates, drawn at random, are averaged before the rule sees their mean
 *     (Karimireddy et al. 2022, arXiv 2006.09365); 1 leaves them alone
 */
public record Aggregation(Rule rule, Optional<Double> clip, int bucket) {

  /** The weighted mean of the updates as they are. */
  public static final Aggregation MEAN = new Aggregation(new Mean(), Optional.empty(), 1);

  /** The most passes over the updates that a rule may take. */
  public static final int MAX_STEPS = 100;

  /** Refuses numbers out of range. */
  public Aggregation {
    clip.ifPresent(norm -> checkRadius("The largest norm of an update", norm));
    if (bucket < 1 || bucket > Charter.MAX_MEMBERS) {
      throw new IllegalArgumentException(
          "A bucket holds 1 to %d updates, not %d".formatted(Charter.MAX_MEMBERS, bucket));
    }
    if (bucket > 1 && rule instanceof Mean) {
      throw new IllegalArgumentException(
          "Buckets change nothing for the mean: choose another rule, or no buckets");
    }
  }

  /** Whether it takes nothing but the sum of the updates. */
  public boolean isPlain() {
    return equals(MEAN);
  }

  /**
   * Whether an update that counts more than others would have a larger voice than the rule gives.
   */
  public boolean isEqual() {
    return !(rule instanceof Mean);
  }

  /** The fewest updates that it can make one of. */
  public int fewest() {
    return (rule.fewest() - 1) * bucket + 1;
  }

  /**
   * How many lying updates cannot carry the result away, whatever they are; nothing where that is
   * no number but follows from a radius. Each spoils the whole bucket that it is in.
   *
   * @param updates how many updates there are, the lying ones among them
   */
  public OptionalInt withstands(int updates) {
    return updates < fewest()
        ? OptionalInt.of(0)
        : rule.withstands((updates + bucket - 1) / bucket);
  }

  /** How several vectors become one. */
  public sealed interface Rule {

    /** The name in charters, such as {@code trimmed-mean}. */
    String kind();

    /** The fewest vectors that it works on. */
    int fewest();

    /** How many of {@code vectors} cannot carry the result away, where that is a number. */
    OptionalInt withstands(int vectors);
  }

  /** The weighted mean. */
  public record Mean() implements Rule {
    @Override
    public String kind() {
      return "mean";
    }

    @Override
    public int fewest() {
      return 1;
    }

    @Override
    public OptionalInt withstands(int vectors) {
      return OptionalInt.of(0);
    }
  }

  /** The median of each coordinate (Yin et al. 2018, arXiv 1803.01498). */
  public record Median() implements Rule {
    @Override
    public String kind() {
      return "median";
    }

    @Override
    public int fewest() {
      return 1;
    }

    @Override
    public OptionalInt withstands(int vectors) {
      return OptionalInt.of((vectors - 1) / 2);
    }
  }

  /**
   * The mean of each coordinate without its extremes (Yin et al. 2018, arXiv 1803.01498).
   *
   * @param cut how many of the largest and how many of the smallest values are left out, 1 or more
   */
  public record TrimmedMean(int cut) implements Rule {
    /** Refuses numbers out of range. */
    public TrimmedMean {
      checkMembers("The trimmed mean leaves out", cut);
    }

    @Override
    public String kind() {
      return "trimmed-mean";
    }

    @Override
    public int fewest() {
      return 2 * cut + 1;
    }

    @Override
    public OptionalInt withstands(int vectors) {
      return OptionalInt.of(cut);
    }
  }

  /**
   * The mean of the vectors that are closest to their nearest neighbours (Blanchard et al. 2017,
   * Krum where it is one, Multi-Krum where it is more).
   *
   * @param tolerated how many vectors may be malicious, f, 1 or more
   * @param selected how many are averaged, 1 or more
   */
  public record Krum(int tolerated, int selected) implements Rule {
    /** Refuses numbers out of range. */
    public Krum {
      checkMembers("Krum tolerates", tolerated);
      checkMembers("Krum selects", selected);
    }

    @Override
    public String kind() {
      return "krum";
    }

    @Override
    public int fewest() {
      return Math.max(2 * tolerated + 3, tolerated + selected);
    }

    @Override
    public OptionalInt withstands(int vectors) {
      return OptionalInt.of(tolerated);
    }
  }

  /**
   * The point with the smallest sum of distances to all vectors, by the smoothed Weiszfeld
   * algorithm (RFA, Pillutla et al. 2022, arXiv 1912.13445). It begins at the median of each
   * coordinate: from the mean, which one vector can carry anywhere, a few steps do not come back.
   *
   * @param steps how many steps of the algorithm, 1 to {@link #MAX_STEPS}
   * @param smoothing the distance below which all count as equally close, 1e-12 or more
   */
  public record GeometricMedian(int steps, double smoothing) implements Rule {
    /** Refuses numbers out of range. */
    public GeometricMedian {
      checkSteps(steps);
      if (!(smoothing >= 1e-12 && smoothing <= 1e6)) {
        throw new IllegalArgumentException(
            "The smoothing is between 1e-12 and 1e6, not " + smoothing);
      }
    }

    @Override
    public String kind() {
      return "geometric-median";
    }

    @Override
    public int fewest() {
      return 1;
    }

    @Override
    public OptionalInt withstands(int vectors) {
      return OptionalInt.of((vectors - 1) / 2);
    }
  }

  /**
   * From the update of the last round, so many steps by the mean of the differences to it, each cut
   * to a radius (Karimireddy et al. 2021, arXiv 2012.10333).
   *
   * @param radius the largest L2 norm of a difference, between 1e-9 and 1e9
   * @param steps how many steps, 1 to {@link #MAX_STEPS}
   */
  public record CentredClipping(double radius, int steps) implements Rule {
    /** Refuses numbers out of range. */
    public CentredClipping {
      checkRadius("The radius", radius);
      checkSteps(steps);
    }

    @Override
    public String kind() {
      return "centred-clipping";
    }

    @Override
    public int fewest() {
      return 1;
    }

    @Override
    public OptionalInt withstands(int vectors) {
      return OptionalInt.empty();
    }
  }

  private static void checkMembers(String what, int count) {
    if (count < 1 || count > Charter.MAX_MEMBERS) {
      throw new IllegalArgumentException(
          "%s 1 to %d updates, not %d".formatted(what, Charter.MAX_MEMBERS, count));
    }
  }

  private static void checkSteps(int steps) {
    if (steps < 1 || steps > MAX_STEPS) {
      throw new IllegalArgumentException(
          "A rule takes 1 to %d steps, not %d".formatted(MAX_STEPS, steps));
    }
  }

  private static void checkRadius(String what, double radius) {
    if (!(radius >= 1e-9 && radius <= 1e9)) {
      throw new IllegalArgumentException(
          "%s is between 1e-9 and 1e9, not %s".formatted(what, radius));
    }
  }
}
