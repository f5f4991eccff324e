package org.madrigal.simulation;

/** What an adversary does to others, with its own valid key. */
enum Trick {
  /** Two different statements for one slot. */
  TWO_FACES,
  /** Encapsulations and boxes with the epoch key that do not open. */
  GARBLED_KEYS,
  /** A commitment of which one part is wrong. */
  GARBLED_COMMITMENT,
  /** A masked, sealed or readable update of noise. */
  GARBAGE,
  /** An update that names another model. */
  OTHER_MODEL,
  /** Shares that were not dealt to it. */
  BAD_SHARES,
  /** Complaints without a reason. */
  FALSE_COMPLAINTS,
  /** Commits itself and sends no update. */
  NO_UPDATE,
  /** Sends its update and releases no share. */
  NO_SHARES,
  /** Says again what it and others said before, as it was and under a new signature. */
  REPLAYS,
  /** Statements as large as they may be. */
  HUGE,
  /** Attachments that are missing, or not the ones that are named. */
  WRONG_ATTACHMENTS,
  /** Votes against everybody. */
  VOTES,
  /** Statements in the names of others, and bytes that are no statement. */
  FORGERIES,
  /** Says everything late. */
  LATE
}
