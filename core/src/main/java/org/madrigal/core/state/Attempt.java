package org.madrigal.core.state;

import java.util.List;

/** What an attempt to apply an entry gives. */
public sealed interface Attempt {

  /**
   * It is applied.
   *
   * @param outcome what it means
   */
  record Done(Outcome outcome) implements Attempt {}

  /**
   * The next model cannot be computed without these attachments; once they are at hand, the same
   * attempt succeeds.
   *
   * @param missing what is not at hand, though enough members said that they hold it
   */
  record Wanting(List<Named> missing) implements Attempt {
    /** Copies the list. */
    public Wanting {
      missing = List.copyOf(missing);
    }
  }
}
