/**
 * Attachments that lie off the ledger: the folder in which a member keeps them, and the other
 * members that it gets them from. It knows nothing of rounds and receipts.
 */
@NullMarked
package org.madrigal.node.attachment;

import org.jspecify.annotations.NullMarked;
