package org.madrigal.core.protocol;

import org.madrigal.core.crypto.Digest;

/**
 * What one member says to all. A sealed set: a new kind must be given its meaning in every switch.
 *
 * <p>Kinds have fixed numbers on the wire. Reserved for secure aggregation and later: 8 KeyOffer, 9
 * KeySeal, 10 Commitment, 11 Complaint, 12 MaskedUpdate, 13 Unmasking, 14 Exclusion, 15 Receipt, 16
 * Amendment, 17 Withdrawal.
 */
public sealed interface Statement {

  /** The number of the kind on the wire. */
  int kind();

  /**
   * Founds the federation: always the first entry that counts.
   *
   * @param charter what the members signed up to
   */
  record Founding(Charter charter) implements Statement {
    @Override
    public int kind() {
      return 1;
    }
  }

  /**
   * The author's owner approved the charter and takes part.
   *
   * @param ledger the identity of the ledger the author means to use, as its adapter names it, so
   *     that a ledger whose operator's key was replaced is found by an audit; 1 to 200 characters
   */
  record Enrolment(String ledger) implements Statement {
    /** Refuses names that are empty or long. */
    public Enrolment {
      if (ledger.isEmpty() || ledger.length() > 200) {
        throw new IllegalArgumentException(
            "The identity of a ledger has 1 to 200 characters, not %d".formatted(ledger.length()));
      }
    }

    @Override
    public int kind() {
      return 2;
    }
  }

  /**
   * Brings the initial global model; its attachment holds the parameters.
   *
   * @param model the parameters, float32 little-endian in the charter's tensor order
   */
  record InitialModel(AttachmentRef model) implements Statement {
    @Override
    public int kind() {
      return 3;
    }
  }

  /**
   * A member's update in the open: its attachment holds trained minus global parameters.
   *
   * @param round the round it belongs to
   * @param model the digest of the global model it was trained from; so it attests that model
   * @param delta the differences, float32 little-endian in the charter's tensor order
   * @param metrics what the member measured
   */
  record Update(RoundId round, Digest model, AttachmentRef delta, Metrics metrics)
      implements Statement {
    @Override
    public int kind() {
      return 4;
    }
  }

  /**
   * The author computed this model from the history; used where no update says so.
   *
   * @param round the round that produced the model
   * @param model the model's digest
   * @param metrics what the member measured of that model
   */
  record Attestation(RoundId round, Digest model, Metrics metrics) implements Statement {
    @Override
    public int kind() {
      return 5;
    }
  }

  /**
   * Asks that a member takes no further part. It cannot be taken back.
   *
   * @param member whom to exclude
   * @param reason why, for people; at most 200 characters
   */
  record Vote(MemberId member, String reason) implements Statement {
    /** Refuses long reasons. */
    public Vote {
      if (reason.length() > 200) {
        throw new IllegalArgumentException(
            "The reason of a vote has at most 200 characters, not %d".formatted(reason.length()));
      }
    }

    @Override
    public int kind() {
      return 6;
    }
  }

  /**
   * Gives an idle ledger an entry after a deadline, so that the window closes.
   *
   * @param deadline the deadline that has passed
   */
  record Nudge(LedgerTime deadline) implements Statement {
    @Override
    public int kind() {
      return 7;
    }
  }
}
