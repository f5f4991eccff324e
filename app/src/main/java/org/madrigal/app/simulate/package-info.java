/**
 * The command {@code simulate}: a whole federation in one process, with real nodes, keys and replay
 * on a ledger in memory; and what the demo and the comparison with published figures share with it.
 *
 * <p>Must not know: protocol decisions of its own; it wires what production wires.
 */
@NullMarked
package org.madrigal.app.simulate;

import org.jspecify.annotations.NullMarked;
