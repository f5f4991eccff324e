package org.madrigal.app.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.audit.ExpectedHead;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.key.KeyFile;
import org.madrigal.app.key.PassphraseOptions;
import org.madrigal.app.move.HandoverFiles;
import org.madrigal.app.move.MovedFolder;
import org.madrigal.app.node.Followed;
import org.madrigal.app.node.MemberOption;
import org.madrigal.app.node.Parts;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Handover;
import org.madrigal.core.protocol.HandoverQuorum;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;
import org.madrigal.node.Handovers;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ledger handover}: a member's signature under the move to another ledger. */
@Command(
    name = "handover",
    mixinStandardHelpOptions = true,
    description = {
      "Sign that the federation leaves its ledger for another one, which goes on where it ends.",
      "Stop the node first. From then on this member signs nothing more on the old ledger, and hands"
          + " it over to no other one. When enough members have signed the same, 'madrigal ledger"
          + " import' moves each of them; docs/moving.md says more."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal ledger handover --member north --to file:ed25519:9f2c... --out handovers",
      "  madrigal ledger handover --member south --to evm:1337:0x1f98... \\",
      "      --node http://127.0.0.1:8545 --head 57:8a3f... --out handovers",
      "",
      "Exit codes: 0 signed (again), 3 the copy of the ledger is broken, 4 a file is",
      "  wrong, 5 passphrase, 6 a node is running, 7 the old ledger or the chain cannot",
      "  be reached, 10 another one was signed, the contract begins elsewhere, or",
      "  something would be lost."
    })
final class LedgerHandover implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Mixin private Output output;
  @Mixin private MemberOption member;
  @Mixin private PassphraseOptions passphrase;
  @Mixin private NextLedger next;

  @Option(
      names = "--head",
      paramLabel = "[POSITION:]HASH",
      description =
          "Where the old ledger ends, as the others say it; without it, at its last entry.")
  private @Nullable String head;

  @Option(
      names = "--offline",
      description =
          "Do not read the old ledger to its end first: it is gone, and what this member's copy"
              + " holds is all there is.")
  private boolean offline;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder for the file MEMBER.handover; it comes into being.")
  private Path out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    MemberFile file = member.file();
    Charter charter = MemberOption.charter(file);
    Optional<ExpectedHead> wanted = wanted();
    Identity identity =
        new Identity(file.member(), new KeyFile(file.key()).open(passphrase.forOpening()), charter);
    try (MemberFolder folder = MemberFolder.open(file.folder())) {
      if (!offline) {
        readToTheEnd(file, identity);
      }
      LedgerEnd end = LedgerEnd.of(Parts.copy(file), charter, wanted);
      sign(file, identity, folder, end);
    }
    return ExitCode.OK.code();
  }

  private Optional<ExpectedHead> wanted() {
    try {
      return Optional.ofNullable(head).map(ExpectedHead::parse);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, "--head: " + e.getMessage() + ".", e);
    }
  }

  private static void readToTheEnd(MemberFile file, Identity identity) throws InterruptedException {
    try (Followed ledger = Parts.ledger(file, identity)) {
      ledger.ledger().catchUp(PATIENCE);
    } catch (LedgerException e) {
      if (e.kind() != Kind.UNREACHABLE) {
        throw e;
      }
      throw new Failure(
          ExitCode.UNREACHABLE,
          "%s; if the ledger is gone for good, hand it over as far as this copy reaches, with --offline."
              .formatted(e.getMessage()),
          e);
    }
  }

  private void sign(MemberFile file, Identity identity, MemberFolder folder, LedgerEnd end)
      throws IOException, InterruptedException {
    Charter charter = identity.charter();
    if (!end.state().federation().orElseThrow().membership().active().contains(file.member())) {
      throw new Failure(
          ExitCode.REFUSED,
          "'%s' does not take part at %s, and its handover would not count."
              .formatted(file.member(), end.origin().head()));
    }
    Handover handover = handover(file, charter, end);
    next.check(charter, file.member(), end.origin());
    Path written = HandoverFiles.write(out, Handovers.sign(folder, identity, handover));
    HandoverQuorum quorum = HandoverQuorum.of(charter);
    output.result(
        Json.object()
            .put("member", file.member().value())
            .put("from", handover.from())
            .put("to", handover.next())
            .put("head", handover.end().head().toString())
            .put("needed", quorum.needed())
            .put("file", written.toString())
            .map(),
        print -> {
          print.printf("%s: '%s' hands over%n", written, file.member());
          print.printf("  from  %s%n", handover.from());
          print.printf("  at    %s%n", handover.end().head());
          print.printf("  to    %s%n", handover.next());
          print.printf(
              "It takes %d of the %d members. The others sign with --head %s%n",
              quorum.needed(), charter.roster().size(), handover.end().head());
        });
  }

  private Handover handover(MemberFile file, Charter charter, LedgerEnd end) {
    boolean known =
        MovedFolder.in(Parts.copy(file)).filter(moved -> moved.knows(next.name())).isPresent();
    if (known) {
      throw new Failure(
          ExitCode.REFUSED,
          "The federation has been on the ledger %s before; a ledger that was left is not taken up again: give the new one another key."
              .formatted(next.name()));
    }
    try {
      return new Handover(charter.id(), end.ledger(), end.origin(), next.name());
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, "--to: " + e.getMessage() + ".", e);
    }
  }
}
