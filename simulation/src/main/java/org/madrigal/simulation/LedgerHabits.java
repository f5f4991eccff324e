package org.madrigal.simulation;

import java.time.Duration;

/**
 * How a ledger behaves.
 *
 * @param slowest how long a statement takes to the ledger, and an entry back, at most
 * @param block how long after a statement the next block is made
 * @param finality how many blocks must follow before a block is final
 * @param reorganised how likely a new block takes the place of the last ones that are not final
 * @param duplicated how likely a statement arrives twice
 * @param failing how likely sending or reading fails although nothing is wrong
 */
record LedgerHabits(
    Duration slowest,
    Duration block,
    int finality,
    double reorganised,
    double duplicated,
    double failing) {

  /** A ledger that takes and shows everything at once. */
  static final LedgerHabits PERFECT = new LedgerHabits(Duration.ZERO, Duration.ZERO, 0, 0, 0, 0);

  /** Draws habits that members have to live with. */
  static LedgerHabits drawn(Chance chance) {
    return new LedgerHabits(
        chance.between(Duration.ofMillis(1), Duration.ofMillis(800)),
        chance.between(Duration.ofMillis(10), Duration.ofMillis(1500)),
        chance.below(4),
        chance.once(0.5) ? 0.1 : 0,
        chance.once(0.5) ? 0.1 : 0,
        chance.once(0.3) ? 0.03 : 0);
  }
}
