package org.madrigal.core.state;

/** Why replay left an entry without effect. The names are part of the public record. */
public enum Reason {
  /** The bytes are no statement of this version of the protocol. */
  MALFORMED,
  /** It came with other claims than it makes: somebody else gave it to the ledger, or it lies. */
  WRONG_CLAIM,
  /** The statement belongs to another federation. */
  FOREIGN_FEDERATION,
  /** The author is not in the charter. */
  UNKNOWN_AUTHOR,
  /** The author did not sign these bytes. */
  BAD_SIGNATURE,
  /** The author vouches for another history: proof of a fork, or of a member that lies. */
  FOREIGN_SEEN,
  /** The author knew too little of the history for this statement to count now. */
  STALE_SEEN,
  /** The attachment is missing, superfluous or not the one that the statement names. */
  WRONG_ATTACHMENT,
  /** The federation has no charter yet, or has one already. */
  OUT_OF_ORDER,
  /** The author was excluded by the members' votes. */
  EXCLUDED,
  /** The author has not enrolled. */
  NOT_ENROLLED,
  /** The author has said this already; the first counts. */
  SECOND_STATEMENT,
  /** The statement names a round that is not open: it came late, or early. */
  WRONG_ROUND,
  /** The author was not drawn for this round. */
  NOT_IN_COHORT,
  /** The statement names another model than the history gives. */
  FOREIGN_MODEL,
  /** The attachment has not one number for each parameter. */
  WRONG_LENGTH,
  /** A number is not finite, or larger than the charter's bound. */
  OUT_OF_BOUND,
  /** The charter's privacy has no such statement. */
  WRONG_PRIVACY,
  /** The statement names an epoch or slot that does not take it now. */
  WRONG_SLOT,
  /** A public key that is none. */
  BAD_KEY,
  /** The statement rests on other statements than those that count. */
  WRONG_DIGEST,
  /** A released share is not the one that was dealt. */
  WRONG_SHARE,
  /** The statement has nothing to act on: no such member, or a deadline that has not passed. */
  NO_EFFECT
}
