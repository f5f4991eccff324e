package org.madrigal.app.move;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.ledger.Genesis;
import org.madrigal.ledger.evm.ChainCopy;

/** What a folder with a ledger's files, or with a copy of them, says that it is. */
public final class LedgerFiles {

  private LedgerFiles() {}

  /** Whether a folder has any. */
  public static boolean areIn(Path folder) {
    return Files.exists(folder.resolve(Genesis.FILE))
        || ChainCopy.in(folder).isPresent()
        || MovedFolder.in(folder).isPresent();
  }

  /**
   * The name of the ledger, the present one of a federation that has moved; none if there is none.
   */
  public static Optional<String> identity(Path folder) {
    Optional<MovedFolder> moved = MovedFolder.in(folder);
    if (moved.isPresent()) {
      return Optional.of(moved.get().last().next());
    }
    Optional<ChainCopy> copy = ChainCopy.in(folder);
    if (copy.isPresent()) {
      return Optional.of(copy.get().ledger());
    }
    return Genesis.read(folder) instanceof Decoding.Decoded<Genesis>(Genesis genesis)
        ? Optional.of(genesis.identity())
        : Optional.empty();
  }
}
