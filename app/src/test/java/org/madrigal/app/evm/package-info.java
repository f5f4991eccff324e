/** Whole federations whose ledger is a contract on a chain. */
@NullMarked
package org.madrigal.app.evm;

import org.jspecify.annotations.NullMarked;
