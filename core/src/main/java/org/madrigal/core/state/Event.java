package org.madrigal.core.state;

import java.util.List;
import java.util.SortedSet;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.RoundId;

/** Something that an entry brought about, for those who tell people of it. */
public sealed interface Event {

  /** The charter is on the ledger. */
  record Founded() implements Event {}

  /**
   * Training begins: the initial model is on the ledger.
   *
   * @param model the initial model
   */
  record Started(GlobalModel model) implements Event {}

  /**
   * A round takes updates.
   *
   * @param round the round
   * @param cohort who is expected
   */
  record RoundOpened(RoundId round, SortedSet<MemberId> cohort) implements Event {}

  /**
   * A round has closed and produced a model.
   *
   * @param model the model
   * @param contributors whose updates are in it
   * @param absent who was expected but left out
   */
  record RoundClosed(GlobalModel model, List<MemberId> contributors, List<MemberId> absent)
      implements Event {}

  /**
   * The members voted one of them out.
   *
   * @param member who takes no further part
   */
  record MemberExcluded(MemberId member) implements Event {}

  /** Every round has produced its model. */
  record TrainingFinished() implements Event {}

  /**
   * Too few members are left to go on.
   *
   * @param remaining how many
   */
  record FederationHalted(int remaining) implements Event {}
}
