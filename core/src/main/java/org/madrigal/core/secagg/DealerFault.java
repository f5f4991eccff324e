package org.madrigal.core.secagg;

/** How a dealing can be wrong, such that everybody who is shown the evidence sees it. */
public enum DealerFault {
  /** There is nothing for the recipient. */
  NOTHING_DEALT,
  /** The box does not open with the key that both ends committed to. */
  BOX_UNREADABLE,
  /** The box holds something else than two shares that fit the hashes. */
  SHARE_UNLIKE_HASH,
  /** The shares fit their hashes, but their secret does not fit its own. */
  SECRET_UNLIKE_HASH,
  /** The capsule does not open with the recovery key. */
  CAPSULE_UNREADABLE,
  /** The capsule holds another seed than the one that both ends committed to. */
  SEED_UNLIKE_COMMITMENT
}
