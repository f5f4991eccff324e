package org.madrigal.ledger.evm;

import java.time.Duration;
import java.util.List;
import org.madrigal.core.protocol.FederationId;

/**
 * What a contract is made with, for ever.
 *
 * @param federation the digest of the charter
 * @param members the members' accounts, in the charter's order
 * @param votes how many members' votes exclude one
 * @param grace how long who was voted out may still write, to end what it takes part in
 * @param maxAttachment the most bytes of an attachment
 */
public record ContractTerms(
    FederationId federation,
    List<EvmAddress> members,
    int votes,
    Duration grace,
    long maxAttachment) {

  /** Copies the list. */
  public ContractTerms {
    members = List.copyOf(members);
  }
}
