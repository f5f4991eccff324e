/**
 * Tests of the ledger on a chain; those tagged {@code evm} need the chain that the launcher
 * installs.
 */
@NullMarked
package org.madrigal.ledger.evm;

import org.jspecify.annotations.NullMarked;
