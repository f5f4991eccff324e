package org.madrigal.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Position;

/**
 * Checks a folder of a file ledger against the orderer's signature and gives its entries away. It
 * reads only: it repairs nothing, takes no lock and opens no file for writing. Memory does not
 * depend on the ledger's length: one entry at a time is held.
 *
 * <p>Every byte of every file counts: genesis, blocks, the empty lock file; a torn tail, gaps,
 * other files and missing files are found. What no folder can show by itself is that its last
 * blocks were cut off as a whole: {@link #reaching} a known head shows that.
 *
 * <p>Cost: each byte is hashed once, plus one signature check for the ledger: the last block's
 * signature vouches for all blocks, since each has the digest of the one before.
 */
public final class LedgerVerifier {

  private final Path folder;
  private final @Nullable FederationId federation;
  private final @Nullable VerifyingKey orderer;
  private final @Nullable Head expected;
  private final boolean inUse;

  private LedgerVerifier(
      Path folder,
      @Nullable FederationId federation,
      @Nullable VerifyingKey orderer,
      @Nullable Head expected,
      boolean inUse) {
    this.folder = folder;
    this.federation = federation;
    this.orderer = orderer;
    this.expected = expected;
    this.inUse = inUse;
  }

  /** A check of {@code folder} against the orderer's key in its own genesis. */
  public static LedgerVerifier of(Path folder) {
    return new LedgerVerifier(folder, null, null, null, false);
  }

  /** Requires the ledger to be that of {@code wanted}. */
  public LedgerVerifier ofFederation(FederationId wanted) {
    return new LedgerVerifier(folder, wanted, orderer, expected, inUse);
  }

  /** Requires the ledger to be ordered by the holder of {@code wanted}. */
  public LedgerVerifier orderedBy(VerifyingKey wanted) {
    return new LedgerVerifier(folder, federation, wanted, expected, inUse);
  }

  /** Requires the history to contain {@code wanted}: to be no shorter, and no other one. */
  public LedgerVerifier reaching(Head wanted) {
    return new LedgerVerifier(folder, federation, orderer, wanted, inUse);
  }

  /**
   * Allows a block at the end that is not whole, and leaves it out: for a look at a folder that a
   * running process writes to.
   */
  public LedgerVerifier whileInUse() {
    return new LedgerVerifier(folder, federation, orderer, expected, true);
  }

  /**
   * Checks everything.
   *
   * @param entries gets each entry whose bytes are those that its block names, in order, up to the
   *     first that is not. Only the verdict says whether the orderer signed them
   */
  public LedgerVerdict verify(Consumer<Entry> entries) {
    Genesis genesis;
    switch (Genesis.read(folder)) {
      case Decoding.Malformed<Genesis>(String reason) -> {
        return new LedgerVerdict.Broken(Position.FIRST, reason);
      }
      case Decoding.Decoded<Genesis>(Genesis decoded) -> genesis = decoded;
    }
    if (federation != null && !federation.equals(genesis.federation())) {
      return new LedgerVerdict.Broken(
          Position.FIRST,
          "this is the ledger of federation %s, not of %s"
              .formatted(genesis.federation(), federation));
    }
    if (orderer != null && !orderer.equals(genesis.orderer())) {
      return new LedgerVerdict.Broken(
          Position.FIRST,
          "this ledger is signed by %s, not by %s"
              .formatted(genesis.orderer().text(), orderer.text()));
    }
    Walk walk = new Walk(folder, genesis, expected, inUse);
    try {
      return walk.verdict(entries);
    } catch (IOException e) {
      return new LedgerVerdict.Broken(walk.position(), "a file cannot be read: " + e);
    }
  }
}
