package org.madrigal.core.duty;

import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.state.GlobalModel;

/**
 * Something that a member owes the federation now. It is gone from the state's duties as soon as
 * the statement that fulfils it is read back from the ledger.
 */
public sealed interface Duty {

  /**
   * Put the charter on an empty ledger.
   *
   * @param rank the member's place among those who may; the others wait for the first
   */
  record Found(int rank) implements Duty {}

  /** Send the enrolment, if the member's owner has signed one. */
  record Enrol() implements Duty {}

  /**
   * Put the initial model on the ledger.
   *
   * @param rank the member's place among those who may; the others wait for the first
   * @param since when it became due
   */
  record BringInitialModel(int rank, LedgerTime since) implements Duty {}

  /**
   * Train and send the update.
   *
   * @param round the round that is open
   * @param model the model to train from
   */
  record Train(RoundId round, GlobalModel model) implements Duty {}

  /**
   * Say that the final model was computed.
   *
   * @param model the final model
   */
  record Attest(GlobalModel model) implements Duty {}

  /**
   * Give the ledger an entry, should it stay idle after the deadline.
   *
   * @param deadline the ledger's time that must pass first
   * @param rank the member's place among those who may; the others wait for the first
   */
  record Nudge(LedgerTime deadline, int rank) implements Duty {}
}
