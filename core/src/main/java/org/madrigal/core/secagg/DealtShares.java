package org.madrigal.core.secagg;

import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;

/**
 * What a dealer publishes for one recipient.
 *
 * @param recipient the index of the recipient and of its shares
 * @param box both shares, readable by the recipient only; empty where the dealer is the recipient
 * @param selfSeed the hash of the recipient's share of b_u
 * @param recoveryKey the hash of the recipient's share of R_u
 */
public record DealtShares(int recipient, Bytes box, Digest selfSeed, Digest recoveryKey) {

  /** Refuses indices below 1. */
  public DealtShares {
    if (recipient < 1) {
      throw new IllegalArgumentException("The index of a member is 1 or more, not " + recipient);
    }
  }

  /** The hash of the share of one kind. */
  public Digest hash(ShareKind kind) {
    return switch (kind) {
      case SELF_SEED -> selfSeed;
      case RECOVERY_KEY -> recoveryKey;
    };
  }
}
