package org.madrigal.core.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.model.Loss;
import org.madrigal.core.model.ScoreHistogram;
import org.madrigal.core.model.Tally;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.secagg.Digits;
import org.madrigal.core.secagg.FixedPoint;
import org.madrigal.core.secagg.PositiveReal;
import org.madrigal.core.secagg.RingVector;
import org.madrigal.core.state.CountReader.GarbageException;

/**
 * A tally of test rows as the coordinates of a ring.
 *
 * <pre>
 * [ rows | loss | confusion, one true class after the other | scores of class 0 | scores of class 1 ]
 * </pre>
 *
 * <p>There is a confusion where the target is classes, and scores where a model has one output for
 * two of them. Counts are exact; the loss of one member is off by at most 2^-21.
 */
public final class EvaluationCoding implements SlotCoding {

  private static final int LOSS_BITS = 34;
  private static final int FRACTION_BITS = 20;

  private final Charter charter;
  private final FixedPoint scale;
  private final Digits rows;
  private final PositiveReal loss;
  private final int classes;
  private final boolean scored;

  /**
   * The coding of a charter with masks.
   *
   * @throws IllegalArgumentException if the charter has none
   */
  public EvaluationCoding(Charter charter) {
    this.charter = charter;
    scale = SlotCoding.scale(charter);
    rows = new Digits(scale, ROW_BITS);
    loss = PositiveReal.of(scale, LOSS_BITS, FRACTION_BITS);
    classes = charter.recipe().data().classes();
    scored = charter.recipe().loss() == Loss.BINARY_CROSS_ENTROPY;
  }

  @Override
  public Charter charter() {
    return charter;
  }

  @Override
  public FixedPoint scale() {
    return scale;
  }

  @Override
  public int length() {
    int counts = 1 + classes * classes + (scored ? 2 * ScoreHistogram.BINS : 0);
    return counts * rows.length() + loss.length();
  }

  /**
   * The coordinates of one member's tally. A loss beyond 2^34 is clipped.
   *
   * @throws IllegalArgumentException if it is of another kind of model, or of too many rows
   */
  public RingVector encode(Tally own) {
    List<RingVector> parts = new ArrayList<>();
    parts.add(rows.encode(own.rows()));
    parts.add(loss.encode(own.loss()));
    own.confusion().forEach(each -> each.forEach(count -> parts.add(rows.encode(count))));
    own.scores()
        .ifPresent(scores -> {
          scores.negatives().forEach(count -> parts.add(rows.encode(count)));
          scores.positives().forEach(count -> parts.add(rows.encode(count)));
        });
    RingVector all = RingVector.join(parts);
    if (all.length() != length()) {
      throw new IllegalArgumentException(
          "A tally of this charter has %d coordinates, not %d".formatted(length(), all.length()));
    }
    return all;
  }

  /** Decodes the opened sum of so many members' tallies. */
  OpenedCounts<Tally> decode(RingVector sum, int members) {
    try {
      return new OpenedCounts.Sound<>(read(new CountReader(sum, members)));
    } catch (GarbageException e) {
      return new OpenedCounts.Garbage<>(String.valueOf(e.getMessage()));
    }
  }

  private Tally read(CountReader reader) throws GarbageException {
    long all = reader.count(rows);
    double losses = reader.real(loss);
    List<List<Long>> confusion = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      confusion.add(reader.counts(rows, classes));
    }
    CountReader.require(
        classes == 0 || confusion.stream().mapToLong(EvaluationCoding::total).sum() == all,
        "the confusion counts each row once");
    if (!scored) {
      return new Tally(all, losses, confusion, Optional.empty());
    }
    ScoreHistogram scores =
        new ScoreHistogram(
            reader.counts(rows, ScoreHistogram.BINS), reader.counts(rows, ScoreHistogram.BINS));
    CountReader.require(
        total(scores.negatives()) == total(confusion.get(0))
            && total(scores.positives()) == total(confusion.get(1)),
        "each row has one score");
    return new Tally(all, losses, confusion, Optional.of(scores));
  }

  private static long total(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
