/**
 * {@code madrigal audit}: whether a ledger's folder is what its orderer signed, whether the members
 * vouch for it, and which models follow from it. It repairs nothing and takes no lock.
 *
 * <p>Must not know: what a node does.
 */
@NullMarked
package org.madrigal.app.audit;

import org.jspecify.annotations.NullMarked;
