package org.madrigal.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.madrigal.core.crypto.VerifyingKey;

/**
 * Where a member finds the ledger.
 *
 * @param server the address of the server
 * @param orderer the key that orders the ledger
 * @param certificates PEM with the certificates to trust; those of the platform where there is none
 */
public record LedgerAddress(URI server, VerifyingKey orderer, Optional<Path> certificates) {

  /** What an enrolment calls this ledger. */
  public String identity() {
    return "file:" + orderer.text();
  }
}
