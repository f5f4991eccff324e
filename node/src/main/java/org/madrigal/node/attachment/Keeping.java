package org.madrigal.node.attachment;

import org.madrigal.ledger.Peers;

/**
 * Where a node keeps attachments that lie off the ledger, and whom it asks for those of others.
 * Whoever opened the peers closes them, after the node.
 *
 * @param shelf where they are kept
 * @param peers who can be asked
 */
public record Keeping(Shelf shelf, Peers peers) {}
