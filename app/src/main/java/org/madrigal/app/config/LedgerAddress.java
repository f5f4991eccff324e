package org.madrigal.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.madrigal.core.crypto.VerifyingKey;
import org.madrigal.ledger.evm.EvmLedgerConfig;
import org.madrigal.ledger.evm.EvmLedgerId;

/** Where a member finds the ledger. */
public sealed interface LedgerAddress {

  /** What an enrolment calls this ledger. */
  String identity();

  /** What people are told of it: no secret that an address may hold. */
  String text();

  /**
   * A ledger that somebody orders and serves.
   *
   * @param server the address of the server
   * @param orderer the key that orders the ledger
   * @param certificates PEM with the certificates to trust; those of the platform where there is
   *     none
   */
  record Served(URI server, VerifyingKey orderer, Optional<Path> certificates)
      implements LedgerAddress {

    @Override
    public String identity() {
      return "file:" + orderer.text();
    }

    @Override
    public String text() {
      return server.toString();
    }
  }

  /**
   * A ledger on a chain.
   *
   * @param contract the contract
   * @param nodes the addresses of nodes, which may hold a provider's key
   * @param account the key file of the account that pays, where the environment has no key
   * @param options how the chain is read and written
   */
  record OnChain(
      EvmLedgerId contract,
      List<URI> nodes,
      Optional<Path> account,
      EvmLedgerConfig.Options options)
      implements LedgerAddress {

    /** Copies the list. */
    public OnChain {
      nodes = List.copyOf(nodes);
    }

    @Override
    public String identity() {
      return contract.toString();
    }

    @Override
    public String text() {
      return contract.toString();
    }

    /** Without the nodes' addresses. */
    @Override
    public String toString() {
      return "OnChain[%s]".formatted(contract);
    }
  }
}
