package org.madrigal.app.charter;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chain.AccountKey;
import org.madrigal.app.chain.ContractCheck;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.LedgerAddress;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.config.PrivacyWords;
import org.madrigal.app.key.KeyFile;
import org.madrigal.app.key.PassphraseOptions;
import org.madrigal.app.move.MovedFolder;
import org.madrigal.app.node.MemberOption;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Origin;
import org.madrigal.node.Approvals;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code charter sign}: the owner of a member approves its charter. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = {
      "Approve the charter that a member's settings name, for the ledger that they name.",
      "A contract on a chain is checked before: see 'madrigal ledger join'.",
      "No node takes part under a charter that its owner has not approved."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal charter sign --member north",
      "  madrigal charter sign --member north --charter-digest 9f2c... --json",
      "",
      "Exit codes: 0 approved (again), 4 a file is wrong, 5 passphrase, 6 a node is running,",
      "  10 the policy in member.yaml forbids it, or another ledger was approved before."
    })
final class CharterSign implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private MemberOption member;
  @Mixin private PassphraseOptions passphrase;

  @Option(
      names = "--charter-digest",
      paramLabel = "DIGEST",
      description = "Refuse unless the charter has this digest, as 'charter show' prints it.")
  private @Nullable String digest;

  /** Where the history of the ledger begins that a member's settings name. */
  private static Origin origin(MemberFile file, Charter charter) {
    return MovedFolder.in(file.folder().resolve(MemberFolder.LEDGER))
        .map(MovedFolder::origin)
        .orElseGet(() -> Origin.of(charter.id()));
  }

  @Override
  public Integer call() throws InterruptedException {
    MemberFile file = member.file();
    Charter charter = MemberOption.charter(file);
    if (digest != null && !charter.id().toString().equalsIgnoreCase(digest)) {
      throw new Failure(
          ExitCode.REFUSED,
          "The charter %s has the digest %s, not %s; nothing was approved."
              .formatted(file.charter(), charter.id(), digest));
    }
    if (PrivacyWords.isLoud(charter)) {
      output.warn(PrivacyWords.NONE);
    }
    Identity identity =
        new Identity(file.member(), new KeyFile(file.key()).open(passphrase.forOpening()), charter);
    if (file.ledger() instanceof LedgerAddress.OnChain chain) {
      ContractCheck.check(
          chain,
          charter,
          file.member(),
          AccountKey.open(chain.account()).address(),
          origin(file, charter));
    }
    try (MemberFolder folder = MemberFolder.open(file.folder())) {
      Approvals.approve(folder, identity, file.ledger().identity(), file.policy());
    }
    output.result(
        Json.object()
            .put("member", file.member().value())
            .put("charter", charter.id().toString())
            .put("ledger", file.ledger().identity())
            .map(),
        out -> {
          out.printf("'%s' approved the charter '%s'%n", file.member(), charter.name());
          out.printf("  charter  %s%n", charter.id());
          out.printf("  ledger   %s%n", file.ledger().identity());
        });
    return ExitCode.OK.code();
  }
}
