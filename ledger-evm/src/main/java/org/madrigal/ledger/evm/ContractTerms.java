package org.madrigal.ledger.evm;

import java.time.Duration;
import java.util.List;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Origin;

/**
 * What a contract is made with, for ever.
 *
 * @param federation the digest of the charter
 * @param members the members' accounts, in the charter's order
 * @param votes how many members' votes exclude one
 * @param grace how long who was voted out may still write, to end what it takes part in
 * @param maxAttachment the most bytes of an attachment
 * @param origin where the history goes on that it orders
 */
public record ContractTerms(
    FederationId federation,
    List<EvmAddress> members,
    int votes,
    Duration grace,
    long maxAttachment,
    Origin origin) {

  /** Copies the list. */
  public ContractTerms {
    members = List.copyOf(members);
  }

  /** The terms of a ledger that no other was before. */
  public ContractTerms(
      FederationId federation,
      List<EvmAddress> members,
      int votes,
      Duration grace,
      long maxAttachment) {
    this(federation, members, votes, grace, maxAttachment, Origin.of(federation));
  }

  /** The same for a ledger that begins elsewhere. */
  public ContractTerms beginningAt(Origin start) {
    return new ContractTerms(federation, members, votes, grace, maxAttachment, start);
  }
}
