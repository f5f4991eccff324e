package org.madrigal.core.protocol;

import java.util.List;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;

/**
 * What one member says to all. A sealed set: a new kind must be given its meaning in every switch.
 *
 * <p>Kinds have fixed numbers on the wire. Reserved: 14 Exclusion, 16 Amendment, 17 Withdrawal.
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

  /**
   * Offers a public key for an epoch, under which the others agree on a secret with the author.
   *
   * @param epoch the epoch
   * @param key the encoding of a hybrid public key, X25519 and ML-KEM-768
   */
  record KeyOffer(EpochId epoch, Bytes key) implements Statement {
    @Override
    public int kind() {
      return 8;
    }
  }

  /**
   * Closes the author's half of the key agreements of an epoch.
   *
   * @param epoch the epoch
   * @param offers the digest of the key offers that it answers
   * @param ciphertexts the encapsulations for the peers that the author encapsulates for, in the
   *     order of the roster
   */
  record KeySeal(EpochId epoch, Digest offers, Strip ciphertexts) implements Statement {
    @Override
    public int kind() {
      return 9;
    }
  }

  /**
   * Deals the epoch key, without which nobody opens a sum, to all members.
   *
   * @param epoch the epoch
   * @param attempt how many dealers came before, who did not deal or whose key did not arrive
   * @param key the digest of the epoch key
   * @param boxes the key for each other member of the roster in order, each under a one-use key
   * @param past the keys of the epochs before, encrypted under this one: whoever is new, or lost
   *     its disk, can compute the model with them
   */
  record KeyDeal(EpochId epoch, int attempt, Digest key, Strip boxes, Bytes past)
      implements Statement {
    @Override
    public int kind() {
      return 18;
    }
  }

  /**
   * Says that the author could not read the epoch key, so that the next member deals another.
   *
   * @param epoch the epoch
   * @param key the digest of the epoch key that it could not read
   */
  record Complaint(EpochId epoch, Digest key) implements Statement {
    @Override
    public int kind() {
      return 11;
    }
  }

  /**
   * Commits the author to its secrets in a slot, and deals shares of them.
   *
   * @param epoch the epoch
   * @param slot the slot
   * @param self the commitment to the seed of the author's self mask
   * @param recovery the commitment to the key that opens {@code capsule}
   * @param capsule the seeds of the author's pairwise masks, should it drop out
   * @param hashes for each member of the roster, the hashes of its shares of both secrets
   * @param boxes for each other member, both shares under a one-use key
   * @param marks for each other member, commitments to the mask seed and to the one-use keys in
   *     both directions
   */
  record Commitment(
      EpochId epoch,
      SlotNumber slot,
      Digest self,
      Digest recovery,
      Bytes capsule,
      Strip hashes,
      Strip boxes,
      Strip marks)
      implements Statement {
    @Override
    public int kind() {
      return 10;
    }
  }

  /**
   * A member's masked update: its attachment holds the masked values.
   *
   * @param slot the slot
   * @param round the round that the slot works for
   * @param commitments the digest of the slot's commitments and of what followed from them
   * @param model the digest of the global model it was trained from; so it attests that model
   * @param masked the masked values, packed
   */
  record MaskedUpdate(
      SlotNumber slot, RoundId round, Digest commitments, Digest model, AttachmentRef masked)
      implements Statement {
    @Override
    public int kind() {
      return 12;
    }
  }

  /**
   * What the author gives towards opening the sum of a slot.
   *
   * @param slot the slot
   * @param updates the digest of the masked updates that are in the sum
   * @param releases one for each member that committed itself, in the order of the roster
   */
  record Unmasking(SlotNumber slot, Digest updates, List<Release> releases) implements Statement {
    /** Copies the list. */
    public Unmasking {
      releases = List.copyOf(releases);
    }

    @Override
    public int kind() {
      return 13;
    }
  }

  /**
   * A member's update for the members' eyes: its attachment holds the encrypted differences.
   *
   * @param round the round it belongs to
   * @param key the digest of the epoch key that it can be read with
   * @param model the digest of the global model it was trained from; so it attests that model
   * @param sealed the differences and what the member measured, under a key that only members have
   */
  record SealedUpdate(RoundId round, Digest key, Digest model, AttachmentRef sealed)
      implements Statement {
    @Override
    public int kind() {
      return 19;
    }
  }

  /**
   * The author holds attachments that lie off the ledger, and gives them to members that ask.
   *
   * @param attachments which, one for each position, in the order of positions; 1 to {@link #MOST}
   */
  record Receipt(List<Held> attachments) implements Statement {

    /** The most attachments of one receipt: one of each member of the largest federation. */
    public static final int MOST = Charter.MAX_MEMBERS;

    /** Copies the list; refuses none, too many, and other orders. */
    public Receipt {
      attachments = List.copyOf(attachments);
      if (attachments.isEmpty() || attachments.size() > MOST) {
        throw new IllegalArgumentException(
            "A receipt is for 1 to %d attachments, not %d".formatted(MOST, attachments.size()));
      }
      for (int i = 1; i < attachments.size(); i++) {
        Position last = attachments.get(i - 1).position();
        if (last.compareTo(attachments.get(i).position()) >= 0) {
          throw new IllegalArgumentException(
              "A receipt names positions in ascending order, not %s before %s"
                  .formatted(last, attachments.get(i).position()));
        }
      }
    }

    @Override
    public int kind() {
      return 15;
    }
  }
}
