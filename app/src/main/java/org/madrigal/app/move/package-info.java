/**
 * The folder of a ledger whose federation has moved: the archives of the ledgers that it left, what
 * the members signed when they left them, and the present one.
 *
 * <p>Must not know: how an audit judges.
 */
@NullMarked
package org.madrigal.app.move;

import org.jspecify.annotations.NullMarked;
