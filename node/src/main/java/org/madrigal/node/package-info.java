/**
 * One member's process: the loop that reads the ledger and fulfils the member's duties.
 *
 * <p>Must not know: which ledger or trainer stands behind a port, the command line, or files of
 * configuration.
 */
@NullMarked
package org.madrigal.node;

import org.jspecify.annotations.NullMarked;
