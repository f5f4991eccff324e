/**
 * What a node has said: the signing journal, which is durable before anything is visible, and the
 * outbox with the attachments that are still to be sent.
 *
 * <p>Must not know: the ledger, the trainer, or when something is to be said.
 */
@NullMarked
package org.madrigal.node.journal;

import org.jspecify.annotations.NullMarked;
