package org.madrigal.core.duty;

import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Standardisation;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.Named;
import org.madrigal.core.state.Roster;
import org.madrigal.core.state.SlotPlan;
import org.madrigal.core.state.SlotTask;
import org.madrigal.core.state.Stage;

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

  /**
   * Offer a public key for an epoch.
   *
   * @param epoch the epoch
   */
  record OfferKey(EpochId epoch) implements Duty {}

  /**
   * Encapsulate for the author's half of the peers.
   *
   * @param stage the key offers that count
   */
  record SealKeys(Stage.Sealing stage) implements Duty {}

  /**
   * Deal the epoch key.
   *
   * @param roster the members of the epoch
   * @param attempt how many dealers came before
   * @param past the digests of the keys of the epochs before, which the dealer must know
   */
  record DealKey(Roster roster, int attempt, List<Digest> past) implements Duty {
    /** Copies the list. */
    public DealKey {
      past = List.copyOf(past);
    }
  }

  /**
   * Commit to the secrets of a slot; or complain, where the epoch key cannot be read.
   *
   * @param roster the members of the epoch
   * @param slot the slot
   * @param key the digest of the epoch key
   * @param hearsComplaints whether a complaint about that key still counts
   */
  record Commit(Roster roster, SlotNumber slot, Digest key, boolean hearsComplaints)
      implements Duty {}

  /**
   * Do what the slot is for, and send it masked.
   *
   * @param plan the slot
   * @param task what the slot is for
   * @param model the global model: to train from, or to judge
   * @param standardisation how inputs are brought to one scale, where the charter leaves that to
   *     the federation
   * @param key the digest of the epoch key
   */
  record Mask(
      SlotPlan plan,
      SlotTask task,
      GlobalModel model,
      Optional<Standardisation> standardisation,
      Digest key)
      implements Duty {}

  /**
   * Release shares, so that the sum opens.
   *
   * @param stage the slot
   */
  record Unmask(Stage.Unmasking stage) implements Duty {}

  /**
   * Train and send an update that only members can read; or complain, where the epoch key cannot be
   * read.
   *
   * @param epoch the epoch
   * @param round the round
   * @param model the model to train from
   * @param key the digest of the epoch key
   * @param hearsComplaints whether a complaint about that key still counts
   */
  record TrainForMembers(
      EpochId epoch, RoundId round, GlobalModel model, Digest key, boolean hearsComplaints)
      implements Duty {}

  /**
   * Get attachments that lie off the ledger, and say so: each counts only when enough members hold
   * it.
   *
   * @param waiting those that do not count yet and that the member has not said it holds
   */
  record Confirm(List<Named> waiting) implements Duty {
    /** Copies the list. */
    public Confirm {
      waiting = List.copyOf(waiting);
    }
  }
}
