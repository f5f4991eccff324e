/**
 * The ledger on an Ethereum network: a contract that orders the members' statements, and the
 * adapter that writes to it and reads from it.
 *
 * <p>Must not know: replay, duties, trainers and nodes; what statements mean, but for the claims
 * that the protocol makes of them.
 */
@NullMarked
package org.madrigal.ledger.evm;

import org.jspecify.annotations.NullMarked;
