package org.madrigal.app.ledger;

import java.util.concurrent.Callable;
import org.madrigal.app.chain.AccountKey;
import org.madrigal.app.chain.ContractCheck;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.LedgerAddress;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.move.MovedFolder;
import org.madrigal.app.node.MemberOption;
import org.madrigal.app.node.Parts;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Origin;
import org.madrigal.ledger.evm.EvmAddress;
import org.madrigal.ledger.evm.EvmContract;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ledger join}: whether a contract is the one that a member should enrol for. */
@Command(
    name = "join",
    mixinStandardHelpOptions = true,
    description = {
      "Check that the contract in a member's settings is the ledger of its charter.",
      "Its code must be ours, byte for byte, its terms those of the charter, and the member's"
          + " account must stand at the member's place. 'madrigal charter sign' checks the same."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal ledger join --member north",
      "  madrigal ledger join --member north --json",
      "",
      "Exit codes: 0 it is, 2 the settings name no contract, 4 a file is wrong, or no contract of",
      "  ours is there, 5 password, 7 no node answers, 10 it is another federation's, or has other terms."
    })
final class LedgerJoin implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private MemberOption member;

  @Override
  public Integer call() throws InterruptedException {
    MemberFile file = member.file();
    Charter charter = MemberOption.charter(file);
    if (!(file.ledger() instanceof LedgerAddress.OnChain chain)) {
      throw new Failure(
          ExitCode.USAGE,
          "The ledger in %s is no contract on a chain: there is nothing to join."
              .formatted(file.folder().resolve(MemberFile.NAME)));
    }
    EvmAddress account = AccountKey.open(chain.account()).address();
    EvmContract.Status status =
        ContractCheck.check(
            chain,
            charter,
            file.member(),
            account,
            MovedFolder.in(Parts.copy(file))
                .map(MovedFolder::origin)
                .orElseGet(() -> Origin.of(charter.id())));
    output.result(
        Json.object()
            .put("member", file.member().value())
            .put("ledger", chain.identity())
            .put("account", account.toString())
            .put("entries", status.head().position().value())
            .map(),
        out -> {
          out.printf("%s is the ledger of '%s'%n", chain.identity(), charter.name());
          out.printf("  it knows '%s' by the account %s%n", file.member(), account);
          out.printf("  it has %s entries%n", status.head().position());
          out.printf("Next: madrigal charter sign --member %s%n", file.folder());
        });
    return ExitCode.OK.code();
  }
}
