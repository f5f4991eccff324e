package org.madrigal.ledger.evm;

/**
 * What a chain was used for since a block.
 *
 * @param blocks the number of blocks, that one included
 * @param transactions the number of transactions in them, whoever made them
 * @param gas what all of these took
 */
public record ChainUse(long blocks, long transactions, long gas) {}
