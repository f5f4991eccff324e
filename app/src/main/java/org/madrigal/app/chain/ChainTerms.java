package org.madrigal.app.chain;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.config.BodyLimit;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.Secrecy;
import org.madrigal.ledger.evm.ContractTerms;
import org.madrigal.ledger.evm.EvmAddress;

/** What a charter asks of the contract that is its ledger. */
public final class ChainTerms {

  /** The steps of a slot, of each of which a member may have to do its part. */
  private static final int STEPS = 4;

  private ChainTerms() {}

  /**
   * The terms of a charter.
   *
   * @param accounts the account of each member
   * @throws Failure if a member has no account, or somebody has one who is no member
   */
  public static ContractTerms named(Charter charter, Map<MemberId, EvmAddress> accounts) {
    for (MemberId named : accounts.keySet()) {
      if (charter.member(named).isEmpty()) {
        throw new Failure(
            ExitCode.USAGE,
            "The charter '%s' does not name '%s'.".formatted(charter.name(), named));
      }
    }
    List<EvmAddress> members = charter.roster().stream().map(m -> account(m, accounts)).toList();
    return of(charter, members);
  }

  /** The terms of a charter whose members have these accounts, in its order. */
  public static ContractTerms of(Charter charter, List<EvmAddress> members) {
    Rules rules = charter.rules();
    Duration steps = rules.secrecy().map(Secrecy::step).orElse(Duration.ZERO).multipliedBy(STEPS);
    return new ContractTerms(
        charter.id(),
        members,
        rules.votes(),
        Duration.ofSeconds(rules.deadlines().round().plus(steps).toSeconds()),
        BodyLimit.of(charter));
  }

  private static EvmAddress account(Member member, Map<MemberId, EvmAddress> accounts) {
    EvmAddress account = accounts.get(member.id());
    if (account == null) {
      throw new Failure(
          ExitCode.USAGE,
          "The member '%s' has no account; name it with --account %s=0x..."
              .formatted(member.id(), member.id()));
    }
    return account;
  }
}
