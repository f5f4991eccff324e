/**
 * The ledger port, its contract, and the ledgers in memory and in files.
 *
 * <p>Must not know: what statements mean; replay, duties, trainers and nodes.
 */
@NullMarked
package org.madrigal.ledger;

import org.jspecify.annotations.NullMarked;
