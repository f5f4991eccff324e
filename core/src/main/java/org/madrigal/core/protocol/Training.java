package org.madrigal.core.protocol;

/**
 * The task that the members work on: rounds of local training and aggregation.
 *
 * @param rounds how many rounds, 1 to {@link #MAX_ROUNDS}
 * @param strategy how the updates become the next model
 * @param fraction the share C of the active members that is drawn for each round, above 0 and at
 *     most 1
 * @param evaluation whether the members judge the last model by all their test rows together
 * @param aggregation how the updates become the one that the strategy takes its step by
 */
public record Training(
    int rounds, Strategy strategy, double fraction, boolean evaluation, Aggregation aggregation) {

  /** The most rounds of one training. */
  public static final int MAX_ROUNDS = 1_000_000;

  /** Refuses numbers out of range. */
  public Training {
    if (rounds < 1 || rounds > MAX_ROUNDS) {
      throw new IllegalArgumentException(
          "A training has 1 to %d rounds, not %d".formatted(MAX_ROUNDS, rounds));
    }
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException(
          "The fraction of members in a round is above 0 and at most 1, not " + fraction);
    }
  }

  /** A training after which nobody judges the last model together with others. */
  public Training(int rounds, Strategy strategy, double fraction) {
    this(rounds, strategy, fraction, false, Aggregation.MEAN);
  }

  /** The same training in so many rounds. */
  public Training withRounds(int others) {
    return new Training(others, strategy, fraction, evaluation, aggregation);
  }

  /** The same training with another aggregation. */
  public Training with(Aggregation other) {
    return new Training(rounds, strategy, fraction, evaluation, other);
  }

  /** The weight of the proximal term in each member's loss; 0 for all strategies but FedProx. */
  public double proximalMu() {
    return strategy instanceof Strategy.FedProx prox ? prox.mu() : 0;
  }
}
