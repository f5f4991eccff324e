package org.madrigal.core.protocol;

import org.madrigal.core.crypto.Digest;

/**
 * An attachment off the ledger that a member says it holds.
 *
 * @param position the entry that names it
 * @param sha256 the digest that the entry gives it
 */
public record Held(Position position, Digest sha256) {}
