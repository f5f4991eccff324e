package org.madrigal.core.state;

import java.util.List;
import java.util.SortedSet;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Statistics;
import org.madrigal.core.model.Tally;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Metrics;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement;

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

  /**
   * More members voted against an excluded one: so many that a sum may be opened without it,
   * although the difference to an earlier one from the same model can show what it had sent.
   *
   * @param member who was excluded before
   */
  record MemberLetGo(MemberId member) implements Event {}

  /**
   * Enough members hold an attachment off the ledger, so that the statement that names it counts.
   *
   * @param named the statement, and who holds it
   */
  record AttachmentAvailable(Named named) implements Event {}

  /** Every round has produced its model. */
  record TrainingFinished() implements Event {}

  /**
   * Too few members are left to go on.
   *
   * @param remaining how many
   */
  record FederationHalted(int remaining) implements Event {}

  /**
   * Members begin to agree on keys.
   *
   * @param epoch the epoch
   */
  record EpochBegan(EpochId epoch) implements Event {}

  /**
   * The roster of an epoch is fixed.
   *
   * @param stage the offers and seals that it rests on
   * @param roster the roster
   * @param slot the epoch's first slot
   */
  record KeysAgreed(Stage.Sealing stage, Roster roster, SlotNumber slot) implements Event {}

  /**
   * An epoch key was dealt.
   *
   * @param roster the members of the epoch
   * @param dealer who dealt it
   * @param deal the key's digest and boxes
   * @param past the digests of the keys of the epochs before
   */
  record KeyDealt(Roster roster, MemberId dealer, Statement.KeyDeal deal, List<Digest> past)
      implements Event {
    /** Copies the list. */
    public KeyDealt {
      past = List.copyOf(past);
    }
  }

  /**
   * Members may send masked updates.
   *
   * @param plan who may
   * @param task what for
   */
  record MaskingBegan(SlotPlan plan, SlotTask task) implements Event {}

  /**
   * So many members said which model a round gave that at least one honest one did.
   *
   * @param round the round
   * @param model the digest of the model
   * @param members who said so
   */
  record ModelAttested(RoundId round, Digest model, SortedSet<MemberId> members) implements Event {}

  /**
   * A slot has ended with a sum that the entitled can open. A replay with the key adds {@link
   * RoundClosed} or {@link RoundDiscarded}, {@link StatisticsOpened}, {@link EvaluationOpened} or
   * {@link TaskGivenUp}.
   *
   * @param slot the slot
   * @param task the task, which is over
   * @param contributors whose updates are in the sum
   * @param absent who was expected but left out
   */
  record SlotOpened(
      SlotNumber slot, SlotTask task, List<MemberId> contributors, List<MemberId> absent)
      implements Event {}

  /**
   * A slot has ended without a sum; the task is tried again in the next one, unless {@link
   * TaskGivenUp} follows.
   *
   * @param slot the slot
   * @param task the task
   * @param reason why, for people
   */
  record SlotAbandoned(SlotNumber slot, SlotTask task, String reason) implements Event {}

  /**
   * Statistics or an evaluation ended without a result, and the next task begins.
   *
   * @param task the task
   * @param reason why, for people
   */
  record TaskGivenUp(SlotTask task, String reason) implements Event {}

  /**
   * What the training rows of all members are like is known.
   *
   * @param statistics of all of them together
   */
  record StatisticsOpened(Statistics statistics) implements Event {}

  /**
   * What the last model makes of the test rows of all members is known.
   *
   * @param model the digest of the model
   * @param tally of all of them together
   */
  record EvaluationOpened(Digest model, Tally tally) implements Event {}

  /**
   * The sum of a round cannot be right, so the model stays as it was.
   *
   * @param round the round
   * @param reason what is wrong, for people
   */
  record RoundDiscarded(RoundId round, String reason) implements Event {}

  /**
   * What the members measured in a round, over all their rows together.
   *
   * @param round the round
   * @param figures the means
   */
  record FiguresOpened(RoundId round, Metrics figures) implements Event {}

  /**
   * A member provably broke the protocol and takes no further part.
   *
   * @param member the member
   * @param reason what it did, for people
   */
  record MemberConvicted(MemberId member, String reason) implements Event {}
}
