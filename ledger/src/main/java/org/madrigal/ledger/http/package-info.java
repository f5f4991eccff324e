/**
 * The ledger offered to other processes and hosts over HTTP, and the client of it.
 *
 * <p>Must not know: what statements mean; replay, duties, trainers and nodes.
 */
@NullMarked
package org.madrigal.ledger.http;

import org.jspecify.annotations.NullMarked;
