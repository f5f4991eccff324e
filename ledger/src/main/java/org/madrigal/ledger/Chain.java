package org.madrigal.ledger;

import java.util.List;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.LedgerTime;

/**
 * The end of a chain of blocks: what the next block must follow.
 *
 * @param height the number of blocks
 * @param digest the digest of the last block, or of the genesis
 * @param head the history so far
 * @param time the time of the last block, or 1970
 */
record Chain(long height, Digest digest, Head head, LedgerTime time) {

  static Chain begin(Genesis genesis) {
    return new Chain(0, genesis.fileDigest(), genesis.origin().head(), genesis.origin().time());
  }

  /** The chain with {@code block} at its end. */
  Chain follow(BlockTop block) throws DamagedException {
    BlockHeader header = block.header();
    if (header.height() != height) {
      throw new DamagedException(
          "block %d stands where block %d belongs".formatted(header.height(), height));
    }
    if (!header.previous().equals(digest)) {
      throw new DamagedException("block %d does not follow the block before it".formatted(height));
    }
    if (!header.first().equals(head.position())) {
      throw new DamagedException(
          "block %d begins with entry %s instead of %s"
              .formatted(height, header.first(), head.position()));
    }
    if (time.isAfter(header.time())) {
      throw new DamagedException(
          "the time of block %d, %s, is before that of the block before it, %s"
              .formatted(height, header.time(), time));
    }
    Head next = extend(header.time(), block.rows());
    if (!header.head().equals(next)) {
      throw new DamagedException(
          "the history hash of block %d is not that of its entries".formatted(height));
    }
    return new Chain(height + 1, block.digest(), next, header.time());
  }

  /** Makes and signs the next block. */
  BlockTop seal(Genesis genesis, LedgerTime now, List<EntryRow> rows, SigningKey orderer) {
    long dataLength = rows.stream().mapToLong(EntryRow::dataLength).sum();
    BlockHeader header =
        new BlockHeader(
            rows.size(),
            height,
            head.position(),
            now,
            dataLength,
            digest,
            Digest.of(BlockTop.table(rows)),
            extend(now, rows).hash());
    return new BlockTop(header, orderer.sign(header.toBeSigned(genesis.federation())), rows);
  }

  private Head extend(LedgerTime blockTime, List<EntryRow> rows) {
    Head next = head;
    for (EntryRow row : rows) {
      next = next.after(row.statement(), blockTime);
    }
    return next;
  }
}
