/** The contract that every ledger keeps, and what tests of ledgers use. */
@NullMarked
package org.madrigal.ledger;

import org.jspecify.annotations.NullMarked;
