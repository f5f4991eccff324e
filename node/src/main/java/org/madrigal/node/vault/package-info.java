/**
 * What a member must keep secret beside its signing key: encrypted on its disk, durable before
 * anything leaves that was computed from it, erased when it is of no more use.
 *
 * <p>Must not know: ledgers, or when something is to be said.
 */
@NullMarked
package org.madrigal.node.vault;

import org.jspecify.annotations.NullMarked;
