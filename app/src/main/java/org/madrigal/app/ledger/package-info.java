/**
 * {@code madrigal ledger}: order and serve a ledger, and check its files.
 *
 * <p>Must not know: training, and what becomes of statements.
 */
@NullMarked
package org.madrigal.app.ledger;

import org.jspecify.annotations.NullMarked;
