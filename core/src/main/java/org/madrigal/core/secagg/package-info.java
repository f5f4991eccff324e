/**
 * The algebra of secure aggregation: vectors over a ring of integers, fixed point, masks of members
 * and pairs, dealing and recovering of their seeds, thresholds.
 *
 * <p>Members are named by their index, 1 + the place in the epoch's canonical roster, which is the
 * index of their shares, too. Must not know: statements, the ledger, rounds, models; no I/O, clock,
 * thread, global randomness or logging (randomness is an argument).
 */
@NullMarked
package org.madrigal.core.secagg;

import org.jspecify.annotations.NullMarked;
