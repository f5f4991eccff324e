package org.madrigal.ledger.evm;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Origin;

/**
 * How a member reaches the ledger of its federation on a chain.
 *
 * @param ledger the contract
 * @param federation whose ledger it must be
 * @param roster the members in the charter's order, which is that of their addresses
 * @param endpoints the nodes to ask, the first that answers; http or https, also with a provider's
 *     key in the path
 * @param folder where the member's copy of what it read is kept
 * @param key the account that pays for what the member says; without it nothing can be appended
 * @param options how the chain is read and written
 * @param origin where the contract's history goes on
 */
public record EvmLedgerConfig(
    EvmLedgerId ledger,
    FederationId federation,
    List<MemberId> roster,
    List<URI> endpoints,
    Path folder,
    Optional<EvmKey> key,
    Options options,
    Origin origin) {

  /** Refuses addresses of nodes that are none, and copies. */
  public EvmLedgerConfig {
    roster = List.copyOf(roster);
    endpoints = List.copyOf(endpoints);
    checkEndpoints(endpoints);
  }

  /** A ledger that no other was before. */
  public EvmLedgerConfig(
      EvmLedgerId ledger,
      FederationId federation,
      List<MemberId> roster,
      List<URI> endpoints,
      Path folder,
      Optional<EvmKey> key,
      Options options) {
    this(ledger, federation, roster, endpoints, folder, key, options, Origin.of(federation));
  }

  /** The same for a contract that goes on where another ledger ended. */
  public EvmLedgerConfig beginningAt(Origin start) {
    return new EvmLedgerConfig(ledger, federation, roster, endpoints, folder, key, options, start);
  }

  /** Refuses addresses of nodes that are none. */
  static void checkEndpoints(List<URI> endpoints) {
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("A chain is reached by one node or more, not by none");
    }
    for (URI endpoint : endpoints) {
      boolean http = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
      if (!http || endpoint.getHost() == null) {
        throw new IllegalArgumentException(
            "The address of a node is written http://HOST:PORT or https://HOST/..., and one is not");
      }
    }
  }

  /**
   * How the chain is read and written.
   *
   * @param finality which blocks are final
   * @param firstBlock the block of the contract's making, before which there is nothing to read
   * @param poll how long to wait between two looks at the chain
   * @param patience how long {@link EvmLedger#append} goes on trying
   * @param stuck after how long without a block a transaction is handed in again, for a higher fee
   * @param maxGas the most gas that one statement with its attachment may take
   * @param window how many transactions may be on their way at once; Besu's pool takes four of one
   *     account unless told otherwise
   */
  public record Options(
      Finality finality,
      long firstBlock,
      Duration poll,
      Duration patience,
      Duration stuck,
      long maxGas,
      int window) {

    /** What fits most networks. */
    public static final Options DEFAULT =
        new Options(
            new Finality.Finalized(),
            0,
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            Long.MAX_VALUE,
            4);

    /** Refuses windows and limits that let nothing through. */
    public Options {
      if (window < 1 || maxGas < 1 || firstBlock < 0) {
        throw new IllegalArgumentException(
            "A window of %d, a limit of %d gas or the first block %d is too small"
                .formatted(window, maxGas, firstBlock));
      }
    }

    /** The same with other final blocks. */
    public Options with(Finality other) {
      return new Options(other, firstBlock, poll, patience, stuck, maxGas, window);
    }

    /** The same, reading from this block on. */
    public Options from(long block) {
      return new Options(finality, block, poll, patience, stuck, maxGas, window);
    }

    /** The same, looking this often. */
    public Options polling(Duration pause) {
      return new Options(finality, firstBlock, pause, patience, stuck, maxGas, window);
    }

    /** The same with another patience. */
    public Options patientFor(Duration duration) {
      return new Options(finality, firstBlock, poll, duration, stuck, maxGas, window);
    }

    /** The same, handing in again after this long. */
    public Options stuckAfter(Duration duration) {
      return new Options(finality, firstBlock, poll, patience, duration, maxGas, window);
    }

    /** The same with another limit. */
    public Options spending(long gas) {
      return new Options(finality, firstBlock, poll, patience, stuck, gas, window);
    }
  }
}
