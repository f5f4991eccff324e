package org.madrigal.app.chronicle;

import java.util.List;
import java.util.Optional;
import org.madrigal.core.protocol.MemberId;

/**
 * One attempt to aggregate.
 *
 * @param number its number
 * @param outcome how it ended
 * @param reason why it was given up, if it was
 * @param survivors whose updates are in the sum
 * @param absent who was expected but left out
 */
public record SlotStory(
    int number,
    Outcome outcome,
    Optional<String> reason,
    List<MemberId> survivors,
    List<MemberId> absent) {

  /** How an attempt ended. */
  public enum Outcome {
    /** It has not. */
    OPEN,
    /** With a sum. */
    OPENED,
    /** Without one. */
    ABANDONED
  }

  /** Copies the lists. */
  public SlotStory {
    survivors = List.copyOf(survivors);
    absent = List.copyOf(absent);
  }

  static SlotStory open(int number) {
    return new SlotStory(number, Outcome.OPEN, Optional.empty(), List.of(), List.of());
  }
}
