package org.madrigal.node.journal;

import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.RoundId;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.Statement.Attestation;
import org.madrigal.core.protocol.Statement.Commitment;
import org.madrigal.core.protocol.Statement.Complaint;
import org.madrigal.core.protocol.Statement.Enrolment;
import org.madrigal.core.protocol.Statement.Founding;
import org.madrigal.core.protocol.Statement.InitialModel;
import org.madrigal.core.protocol.Statement.KeyDeal;
import org.madrigal.core.protocol.Statement.KeyOffer;
import org.madrigal.core.protocol.Statement.KeySeal;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.Nudge;
import org.madrigal.core.protocol.Statement.Receipt;
import org.madrigal.core.protocol.Statement.SealedUpdate;
import org.madrigal.core.protocol.Statement.Unmasking;
import org.madrigal.core.protocol.Statement.Update;
import org.madrigal.core.protocol.Statement.Vote;

/**
 * A place in a federation for one statement of each member: an honest member signs one for each,
 * and repeats it for ever.
 *
 * @param kind the statement's number on the wire; 0 where it is none
 * @param target what tells the slots of a kind apart, such as the round; empty where there is one
 * @param description the slot for people, such as "Update for round 7"; it decides nothing
 */
public record Slot(int kind, String target, String description) {

  /** The slot of {@code statement}, whose author signed it knowing {@code entries} entries. */
  public static Slot of(Statement statement, long entries) {
    return switch (statement) {
      case Founding s -> founding();
      case Enrolment s -> enrolment();
      case InitialModel s -> initialModel();
      case Update s -> update(s.round());
      case Attestation s -> attestation(s.round());
      case Vote s -> vote(s.member());
      case Nudge s -> nudge(s.deadline(), entries);
      case KeyOffer s -> keyOffer(s.epoch());
      case KeySeal s -> keySeal(s.epoch());
      case KeyDeal s -> keyDeal(s.epoch(), s.attempt());
      case Complaint s -> complaint(s.epoch());
      case Commitment s -> commitment(s.epoch(), s.slot());
      case MaskedUpdate s -> maskedUpdate(s.slot());
      case Unmasking s -> unmasking(s.slot());
      case SealedUpdate s -> sealedUpdate(s.round(), s.key());
      case Receipt s -> receipt(s.attachments().getFirst().position());
    };
  }

  /**
   * No place for a statement: a journal that abstains from it was begun, or taken up again, by a
   * member that came back.
   */
  public static Slot comeback() {
    return new Slot(0, "", "whatever was said before the journal was lost");
  }

  /** The charter. */
  public static Slot founding() {
    return new Slot(1, "", "Founding");
  }

  /** The owner's approval. */
  public static Slot enrolment() {
    return new Slot(2, "", "Enrolment");
  }

  /** The initial model. */
  public static Slot initialModel() {
    return new Slot(3, "", "InitialModel");
  }

  /** The update for a round. */
  public static Slot update(RoundId round) {
    return new Slot(4, round.toString(), "Update for round " + round);
  }

  /** The attestation of a round's model. */
  public static Slot attestation(RoundId round) {
    return new Slot(5, round.toString(), "Attestation of round " + round);
  }

  /** The vote against a member. */
  public static Slot vote(MemberId target) {
    return new Slot(6, target.value(), "Vote against " + target);
  }

  /**
   * The nudge for a deadline. One that came too early has no effect and is never heard again, so
   * each length of the history has a slot of its own.
   */
  public static Slot nudge(LedgerTime deadline, long entries) {
    return new Slot(
        7,
        deadline.epochMillis() + "@" + entries,
        "Nudge for the deadline %s after %d entries".formatted(deadline, entries));
  }

  /** The key offer for an epoch. */
  public static Slot keyOffer(EpochId epoch) {
    return new Slot(8, epoch.toString(), "KeyOffer for epoch " + epoch);
  }

  /** The encapsulations for an epoch. */
  public static Slot keySeal(EpochId epoch) {
    return new Slot(9, epoch.toString(), "KeySeal for epoch " + epoch);
  }

  /**
   * The commitment in a slot of aggregation. One for a slot that a new epoch took over is another.
   */
  public static Slot commitment(EpochId epoch, SlotNumber slot) {
    return new Slot(
        10, epoch + "/" + slot, "Commitment for slot %s of epoch %s".formatted(slot, epoch));
  }

  /** The complaint about the epoch key of an epoch. */
  public static Slot complaint(EpochId epoch) {
    return new Slot(11, epoch.toString(), "Complaint in epoch " + epoch);
  }

  /** The masked update in a slot of aggregation. */
  public static Slot maskedUpdate(SlotNumber slot) {
    return new Slot(12, slot.toString(), "MaskedUpdate for slot " + slot);
  }

  /** The released shares in a slot of aggregation: of one kind for each member, for ever. */
  public static Slot unmasking(SlotNumber slot) {
    return new Slot(13, slot.toString(), "Unmasking of slot " + slot);
  }

  /** The epoch key that is dealt in an attempt of an epoch. */
  public static Slot keyDeal(EpochId epoch, int attempt) {
    return new Slot(
        18, epoch + "/" + attempt, "KeyDeal for epoch %s, attempt %d".formatted(epoch, attempt));
  }

  /** The update for a round that can be read with one epoch key. */
  public static Slot sealedUpdate(RoundId round, Digest key) {
    return new Slot(19, round + "/" + key.hex(), "SealedUpdate for round %s".formatted(round));
  }

  /** The handover of a ledger that the federation leaves; it is no statement to any ledger. */
  public static Slot handover(String ledger) {
    return new Slot(0, ledger, "Handover of " + ledger);
  }

  /**
   * The receipt for several attachments, the first of which the entry at {@code first} names. A
   * member confirms each once, so no two receipts begin with the same one.
   */
  public static Slot receipt(Position first) {
    return new Slot(15, first.toString(), "Receipt from entry " + first);
  }

  /** Whether this is a handover. */
  public boolean isHandover() {
    return kind == 0;
  }

  /** Whether this is a receipt. */
  public boolean isReceipt() {
    return kind == 15;
  }

  /** Whether this is the initial model. */
  public boolean isInitialModel() {
    return kind == 3;
  }

  /** Whether this is a key offer. */
  public boolean isKeyOffer() {
    return kind == 8;
  }

  /** Whether this is a nudge. */
  public boolean isNudge() {
    return kind == 7;
  }

  /** Whether this is a nudge for {@code deadline}, after however many entries. */
  public boolean isNudge(LedgerTime deadline) {
    return isNudge() && target.startsWith(deadline.epochMillis() + "@");
  }

  /** Whether this is a vote. */
  public boolean isVote() {
    return kind == 6;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slot that && kind == that.kind && target.equals(that.target);
  }

  @Override
  public int hashCode() {
    return 31 * kind + target.hashCode();
  }

  @Override
  public String toString() {
    return description;
  }
}
