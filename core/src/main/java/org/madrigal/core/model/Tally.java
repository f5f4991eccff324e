package org.madrigal.core.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a model made of test rows, as numbers that can be added up: of one member's rows, or of all
 * members' together.
 *
 * @param rows the number of rows
 * @param loss the sum of the losses, without class weights
 * @param confusion for each true class how many rows were given each class; empty where the target
 *     is numbers
 * @param scores the probabilities; present where there are two classes and one output
 */
public record Tally(
    long rows, double loss, List<List<Long>> confusion, Optional<ScoreHistogram> scores) {

  /** Refuses a confusion that is not square. */
  public Tally {
    confusion = confusion.stream().map(List::copyOf).toList();
    for (List<Long> row : confusion) {
      if (row.size() != confusion.size()) {
        throw new IllegalArgumentException("A confusion is a square table, not " + confusion);
      }
    }
  }

  /** The tally of no rows. */
  public static Tally none(Recipe recipe) {
    int classes = recipe.data().classes();
    return new Tally(
        0,
        0,
        Collections.nCopies(classes, Counts.zeros(classes)),
        recipe.loss() == Loss.BINARY_CROSS_ENTROPY
            ? Optional.of(ScoreHistogram.none())
            : Optional.empty());
  }

  /** Of these rows and {@code other} ones. */
  public Tally plus(Tally other) {
    if (confusion.size() != other.confusion.size()
        || scores.isPresent() != other.scores.isPresent()) {
      throw new IllegalArgumentException("Tallies of other models cannot be added");
    }
    List<List<Long>> sums = new ArrayList<>();
    for (int i = 0; i < confusion.size(); i++) {
      sums.add(Counts.plus(confusion.get(i), other.confusion.get(i)));
    }
    return new Tally(
        rows + other.rows,
        loss + other.loss,
        sums,
        scores.map(own -> own.plus(other.scores.orElseThrow())));
  }

  /** The rows of {@code actual} that were taken for {@code predicted}. */
  public long count(int actual, int predicted) {
    return confusion.get(actual).get(predicted);
  }

  /** The mean loss; empty without rows. */
  public OptionalDouble meanLoss() {
    return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(loss / rows);
  }

  /** The share of rows whose class was predicted; empty without rows or classes. */
  public OptionalDouble accuracy() {
    long right = 0;
    for (int i = 0; i < confusion.size(); i++) {
      right += count(i, i);
    }
    return rows == 0 || confusion.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) right / rows);
  }
}
