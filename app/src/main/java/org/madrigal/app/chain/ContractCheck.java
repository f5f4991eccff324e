package org.madrigal.app.chain;

import java.util.Optional;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.config.LedgerAddress;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Origin;
import org.madrigal.ledger.evm.ContractTerms;
import org.madrigal.ledger.evm.EvmAddress;
import org.madrigal.ledger.evm.EvmContract;

/**
 * Whether a contract is what a charter asks for, and knows a member by its account: what an owner
 * must know before the member enrols for it.
 */
public final class ContractCheck {

  private ContractCheck() {}

  /**
   * Checks.
   *
   * @param account the member's own account
   * @param origin where its history must go on
   * @return how the contract is
   * @throws Failure with what differs
   */
  public static EvmContract.Status check(
      LedgerAddress.OnChain ledger,
      Charter charter,
      MemberId member,
      EvmAddress account,
      Origin origin)
      throws InterruptedException {
    EvmContract.Status status = EvmContract.status(ledger.contract(), ledger.nodes());
    Optional<String> difference = difference(charter, status.terms(), origin);
    if (difference.isPresent()) {
      throw refuse(ledger, difference.get());
    }
    int place = charter.placeOf(member);
    EvmAddress there = status.terms().members().get(place);
    if (!there.equals(account)) {
      throw refuse(
          ledger, "it knows '%s' by the account %s, not by %s".formatted(member, there, account));
    }
    return status;
  }

  /** What keeps a contract from being the ledger of a charter, if anything does. */
  static Optional<String> difference(Charter charter, ContractTerms terms, Origin origin) {
    if (!terms.federation().equals(charter.id())) {
      return Optional.of(
          "it is that of the charter %s, not of %s".formatted(terms.federation(), charter.id()));
    }
    if (terms.members().size() != charter.roster().size()) {
      return Optional.of(
          "it knows %d members, but the charter has %d"
              .formatted(terms.members().size(), charter.roster().size()));
    }
    if (!terms.origin().head().equals(origin.head())) {
      return Optional.of(
          "its history begins at %s, and not at %s"
              .formatted(terms.origin().head(), origin.head()));
    }
    ContractTerms wanted = ChainTerms.of(charter, terms.members()).beginningAt(origin);
    if (terms.equals(wanted)) {
      return Optional.empty();
    }
    return Optional.of(
        "it excludes by %d votes after %d s, takes %d bytes and begins after %s; the charter asks for %d, %d s, %d and %s"
            .formatted(
                terms.votes(),
                terms.grace().toSeconds(),
                terms.maxAttachment(),
                terms.origin().time(),
                wanted.votes(),
                wanted.grace().toSeconds(),
                wanted.maxAttachment(),
                wanted.origin().time()));
  }

  private static Failure refuse(LedgerAddress.OnChain ledger, String reason) {
    return new Failure(
        ExitCode.REFUSED,
        "The contract %s is not the one to join: %s.".formatted(ledger.contract(), reason));
  }
}
