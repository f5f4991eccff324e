package org.madrigal.ledger.evm;

import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;

/**
 * An entry with its place on the chain.
 *
 * @param entry the entry
 * @param head the head after it
 * @param block the block that it stands in
 * @param blockHash the hash of that block
 * @param resume the first block that must be read again to go on after it: attachments may have
 *     begun before it that end later
 */
record ChainEntry(Entry entry, Head head, long block, Bytes blockHash, long resume) {}
