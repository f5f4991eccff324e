package org.madrigal.core.protocol;

import org.madrigal.core.crypto.Digest;

/**
 * The name of a federation: the SHA-256 of its charter's canonical bytes.
 *
 * @param digest the charter's digest
 */
public record FederationId(Digest digest) {

  @Override
  public String toString() {
    return digest.hex();
  }
}
