package org.madrigal.ledger;

import java.util.Optional;
import org.madrigal.core.protocol.Position;

/** What {@link LedgerVerifier} found in a folder. */
public sealed interface LedgerVerdict {

  /**
   * Every byte of every file is what the orderer signed.
   *
   * @param genesis whose ledger it is, and who orders it
   * @param head the head of the last block; none if there is no block
   * @param blocks the number of blocks
   * @param bytes the bytes of all files
   */
  record Sound(Genesis genesis, Optional<SignedHead> head, long blocks, long bytes)
      implements LedgerVerdict {}

  /**
   * Something is not what the orderer signed. Nothing was changed.
   *
   * @param first the position of the first entry that is wrong or missing; the position after the
   *     last entry if all entries are good and something else in the folder is not
   * @param reason what is wrong, a clause for people
   */
  record Broken(Position first, String reason) implements LedgerVerdict {}
}
