package org.madrigal.app.chronicle;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.madrigal.core.protocol.MemberId;

/**
 * A round, from its opening on; number 0 is all that comes before training.
 *
 * @param number its number, as {@link org.madrigal.core.state.SlotTask} counts
 * @param task what the members worked on
 * @param ending how it ended
 * @param opened the first entry that belongs to it
 * @param last the last one so far
 * @param closed the entry with which it ended
 * @param contributors whose updates are in the model
 * @param absent who was expected but left out
 * @param slots the attempts, where there is secrecy
 * @param model the model that it gave
 * @param figures what was measured of its training, and of its model
 * @param counts what was said
 * @param remarks what happened
 * @param update one member's update on the ledger
 * @param change how it changed the model
 */
public record RoundStory(
    int number,
    Task task,
    Ending ending,
    Place opened,
    Place last,
    Optional<Place> closed,
    List<MemberId> contributors,
    List<MemberId> absent,
    List<SlotStory> slots,
    Optional<ModelMark> model,
    SortedMap<String, Double> figures,
    Counts counts,
    List<Remark> remarks,
    Optional<UpdateSample> update,
    Optional<ModelChange> change) {

  /** What the members work on. */
  public enum Task {
    /** Charter, enrolments, the initial model, keys and statistics. */
    PREPARATION,
    /** A round of training. */
    TRAINING,
    /** The last model is judged. */
    EVALUATION
  }

  /** How a round ended. */
  public enum Ending {
    /** It has not. */
    OPEN,
    /** With what it was for. */
    CLOSED,
    /** The model stayed as it was, for its sum cannot be right. */
    DISCARDED,
    /** It ended without a result. */
    GIVEN_UP
  }

  /**
   * What was said in a round.
   *
   * @param statements how many
   * @param rejected how many of them do not count
   * @param bytes of whom
   */
  public record Counts(long statements, long rejected, Amounts bytes) {}

  /** Copies what can be changed. */
  public RoundStory {
    contributors = List.copyOf(contributors);
    absent = List.copyOf(absent);
    slots = List.copyOf(slots);
    remarks = List.copyOf(remarks);
    figures = Collections.unmodifiableSortedMap(figures);
  }

  /** How many attempts it took: one where there are no slots. */
  public int attempts() {
    return Math.max(1, slots.size());
  }

  /** How many attempts were given up. */
  public int abandoned() {
    return (int)
        slots.stream().filter(slot -> slot.outcome() == SlotStory.Outcome.ABANDONED).count();
  }

  /** How long it took in seconds, or has taken so far. */
  public double seconds() {
    long end = closed.orElse(last).time().epochMillis();
    return (end - opened.time().epochMillis()) / 1000.0;
  }

  RoundStory with(SortedMap<String, Double> more) {
    TreeMap<String, Double> all = new TreeMap<>(figures);
    all.putAll(more);
    return copy(model, all);
  }

  RoundStory with(ModelMark better) {
    return copy(Optional.of(better), figures);
  }

  private RoundStory copy(Optional<ModelMark> mark, SortedMap<String, Double> measured) {
    return new RoundStory(
        number,
        task,
        ending,
        opened,
        last,
        closed,
        contributors,
        absent,
        slots,
        mark,
        measured,
        counts,
        remarks,
        update,
        change);
  }
}
