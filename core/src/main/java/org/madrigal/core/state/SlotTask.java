package org.madrigal.core.state;

import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.RoundId;

/**
 * What the members of a federation with secrecy work on together, one task after the other:
 * statistics of their rows, if the charter asks for them, the rounds of training, and an evaluation
 * of the last model, if the charter asks for it.
 *
 * <p>On the wire a task is a round: statistics are round 0, the evaluation is the round after the
 * last one.
 */
public sealed interface SlotTask {

  /** The number on the wire. */
  RoundId number();

  /** What the members' training rows are like. */
  record Statistics() implements SlotTask {
    @Override
    public RoundId number() {
      return RoundId.INITIAL;
    }
  }

  /**
   * A round of training.
   *
   * @param number 1 to the charter's number of rounds
   */
  record Training(RoundId number) implements SlotTask {}

  /**
   * What the last model makes of the members' test rows.
   *
   * @param number one more than the last round
   */
  record Evaluation(RoundId number) implements SlotTask {}

  /** The task with this number. */
  static SlotTask of(Charter charter, RoundId number) {
    if (number.equals(RoundId.INITIAL)) {
      return new Statistics();
    }
    return number.value() > charter.training().rounds()
        ? new Evaluation(number)
        : new Training(number);
  }

  /** The number of the first task. */
  static RoundId first(Charter charter) {
    return charter.federatedTable().isPresent() ? RoundId.INITIAL : RoundId.INITIAL.next();
  }

  /** The number of the last task. */
  static RoundId last(Charter charter) {
    RoundId rounds = new RoundId(charter.training().rounds());
    return charter.training().evaluation() ? rounds.next() : rounds;
  }

  /** What masks are bound to, so that those of different tasks do not cancel. */
  default Digest digest() {
    Purpose label =
        switch (this) {
          case Statistics statistics -> Labels.STATISTICS;
          case Training training -> Labels.TRAINING;
          case Evaluation evaluation -> Labels.EVALUATION;
        };
    return label.with(number().value()).digest();
  }

  /**
   * What a sum tells of, whatever slot and round it was made in: two sums of one content over
   * nearly the same members show, by their difference, what one of them sent. Statistics tell of
   * rows. A round and an evaluation tell what one model makes of rows, and what those make of it.
   *
   * @param model the digest of the global model
   */
  default Digest content(Digest model) {
    return switch (this) {
      case Statistics statistics -> Labels.STATISTICS.with(model).digest();
      case Training training -> model;
      case Evaluation evaluation -> model;
    };
  }
}
