package org.madrigal.app.key;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.config.MemberFile;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Privacy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code key grant-audit}: writes a member's epoch keys for somebody whom it trusts. */
@Command(
    name = "grant-audit",
    mixinStandardHelpOptions = true,
    description = {
      "Write the epoch keys of a member into a file, for an auditor or whoever shall use a model.",
      "",
      "Who has the file and the ledger can compute every model so far and the mean of each round's"
          + " updates, and with privacy: members each single update. It opens no single masked"
          + " update, signs nothing, and opens no epoch that begins later. It cannot be taken back."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal key grant-audit --member north",
      "  madrigal key grant-audit --member north --out auditor.keys --json",
      "  madrigal audit --ledger ledger --key auditor.keys",
      "",
      "Exit codes: 0 written, 4 a file is wrong, 5 passphrase, 10 the charter keeps nothing secret,",
      "  11 the member was given no key yet, 14 FILE is there."
    })
final class KeyGrantAudit implements Callable<Integer> {

  private static final String DEFAULT = "audit.keys";

  @Mixin private Output output;
  @Mixin private PassphraseOptions passphrase;

  @Option(
      names = "--member",
      paramLabel = "DIR",
      required = true,
      description = "The member's folder, with its member.yaml.")
  private Path folder;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write, which only you may read (default: audit.keys in DIR).")
  private @Nullable Path given;

  @Override
  public Integer call() {
    if (!OwnKeys.isMember(folder)) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "There is no %s in %s; --member names a member's folder."
              .formatted(MemberFile.NAME, folder));
    }
    MemberFile file = MemberFile.read(folder);
    Charter charter = CharterFile.read(file.charter()).charter();
    if (charter.rules().privacy() == Privacy.NONE) {
      throw new Failure(
          ExitCode.REFUSED,
          "The charter '%s' has privacy: none, so there are no keys: everybody can audit everything."
              .formatted(charter.name()));
    }
    Path target = given == null ? folder.resolve(DEFAULT) : given;
    GrantedKeys keys = new OwnKeys(file).read(charter.id(), passphrase.forOpening());
    if (keys.keys().isEmpty()) {
      throw new Failure(
          ExitCode.NOT_YET,
          "'%s' was given no epoch key yet; run its node first.".formatted(file.member()));
    }
    keys.write(target);
    output.result(
        Json.object()
            .put("file", target.toString())
            .put("charter", charter.id().toString())
            .put("keys", keys.keys().size())
            .map(),
        out -> {
          out.printf(
              "Wrote %d epoch keys to %s, which only you may read.%n", keys.keys().size(), target);
          out.println(
              charter.rules().privacy() == Privacy.MASKED
                  ? "Who has it can read every model so far and the mean of each round's updates, but no single update."
                  : "Who has it can read every model so far and each member's single updates.");
        });
    return ExitCode.OK.code();
  }
}
