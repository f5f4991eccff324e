package org.madrigal.app.chronicle;

import org.madrigal.core.protocol.Position;

/** Whether what was read is sound. */
public sealed interface ReplayVerdict {

  /** The ledger was not yet read to its end. */
  record Reading() implements ReplayVerdict {}

  /** Every entry so far is sound, and the end was reached once. */
  record Sound() implements ReplayVerdict {}

  /**
   * The ledger is not what its history says.
   *
   * @param first the first wrong entry
   * @param reason what is wrong, a clause
   */
  record Broken(Position first, String reason) implements ReplayVerdict {}
}
