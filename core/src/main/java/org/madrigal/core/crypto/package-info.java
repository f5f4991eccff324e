/**
 * Digests, signatures, key agreement, secret sharing, masks and byte strings that cannot be
 * misused.
 *
 * <p>Must not know: statements, rounds, models, or anything else of the protocol; no I/O, clock,
 * thread, global randomness or logging (randomness is an argument).
 */
@NullMarked
package org.madrigal.core.crypto;

import org.jspecify.annotations.NullMarked;
