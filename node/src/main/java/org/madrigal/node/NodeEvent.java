package org.madrigal.node;

import java.time.Instant;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.state.Outcome;
import org.madrigal.node.journal.Slot;

/** Something that happened in a node, for those who tell people of it. */
public sealed interface NodeEvent {

  /**
   * A final entry was read and judged.
   *
   * @param entry the entry
   * @param outcome what it means, with the state after it
   */
  record Judged(Entry entry, Outcome outcome) implements NodeEvent {}

  /**
   * Everything that was on the ledger when the node started has been read; now it acts.
   *
   * @param head how far the history reaches
   */
  record CaughtUp(Head head) implements NodeEvent {}

  /**
   * Work on a statement began.
   *
   * @param slot what is to be said
   */
  record Began(Slot slot) implements NodeEvent {}

  /**
   * A statement was signed and is durable; from now on it is sent until it is read back.
   *
   * @param slot what is said
   */
  record Signed(Slot slot) implements NodeEvent {}

  /**
   * Work on a statement was given up because nobody waits for it any more.
   *
   * @param slot what was to be said
   */
  record Abandoned(Slot slot) implements NodeEvent {}

  /**
   * A training is due, but the owner allows none at this hour.
   *
   * @param until when it may begin
   */
  record Resting(Instant until) implements NodeEvent {}

  /**
   * The owner's request was handled.
   *
   * @param name the name of its file
   * @param answer what came of it
   */
  record Requested(String name, String answer) implements NodeEvent {}

  /**
   * Something failed; the node goes on.
   *
   * @param sentence what failed and what happens next
   */
  record Trouble(String sentence) implements NodeEvent {}

  /**
   * The node goes no further until something that lies with other members has come.
   *
   * @param sentence what it is
   */
  record Waiting(String sentence) implements NodeEvent {}
}
