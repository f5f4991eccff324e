package org.madrigal.app.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.chain.AccountKey;
import org.madrigal.app.chain.ContractCheck;
import org.madrigal.app.cli.EmptyFolder;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.config.LedgerAddress;
import org.madrigal.app.config.MemberFile;
import org.madrigal.app.move.MovedFolder;
import org.madrigal.app.move.Moving;
import org.madrigal.app.node.MemberOption;
import org.madrigal.app.node.Parts;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Handover;
import org.madrigal.core.protocol.Head;
import org.madrigal.node.MemberFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ledger import}: goes on with the ledger that enough members handed over to. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Go on with another ledger, at the place where enough members handed the old one over.",
      "The old ledger is audited up to there and kept as an archive. With --member, a member's"
          + " folder moves, whose member.yaml names the new ledger already. With --out, a new folder"
          + " is made of an archive: for the new orderer, who serves it, and for auditors."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal ledger import --member north --handovers handovers",
      "  madrigal ledger import --member south --handovers handovers --archive north/ledger",
      "  madrigal ledger import --out ledger --handovers handovers --archive old-ledger \\",
      "      --charter charter.yaml",
      "",
      "Exit codes: 0 moved (again), 2 the command line is wrong, 3 the archive is broken,",
      "  4 a file is wrong, 6 a node is running, 7 no node of the chain answers, 8 the",
      "  member's copy and the archive are two histories, 10 too few handed over, or to",
      "  another ledger, 14 the folder is not empty."
    })
final class LedgerImport implements Callable<Integer> {

  @Mixin private Output output;

  @Option(
      names = "--member",
      paramLabel = "DIR",
      description = "The folder of the member that moves, with its member.yaml.")
  private @Nullable Path member;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "A folder to make, which is empty or not there; needs --archive and --charter.")
  private @Nullable Path out;

  @Option(
      names = "--handovers",
      paramLabel = "DIR",
      required = true,
      description = "The folder with the files that 'madrigal ledger handover' wrote.")
  private Path handovers;

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description =
          "The old ledger's folder, or any member's copy that reaches to the end. Default: the"
              + " member's own.")
  private @Nullable Path archive;

  @Option(
      names = "--charter",
      paramLabel = "FILE",
      description = "With --out: the charter that the ledger must be of.")
  private @Nullable Path charterFile;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if ((member == null) == (out == null)) {
      throw usage("Name what moves: a member's folder with --member, or a new folder with --out.");
    }
    if (member != null) {
      if (charterFile != null) {
        throw usage("--charter goes with --out; a member's charter stands in its member.yaml.");
      }
      importFor(MemberOption.in(member));
    } else if (out != null) {
      importInto(out);
    }
    return ExitCode.OK.code();
  }

  private void importInto(Path folder) throws IOException {
    if (archive == null || charterFile == null) {
      throw usage("--out needs the old ledger, with --archive, and its charter, with --charter.");
    }
    Charter charter = CharterFile.read(charterFile).charter();
    EmptyFolder.at(folder);
    Move move = Move.of(archive, charter, handovers);
    Files.delete(folder);
    Path part = folder.resolveSibling(folder.getFileName() + ".importing");
    Moving.delete(part);
    Moving.copy(archive, part);
    Moving.leave(part, move.handovers());
    Moving.rename(part, folder);
    tell(move, folder);
  }

  private void importFor(MemberFile file) throws IOException, InterruptedException {
    Charter charter = MemberOption.charter(file);
    Path own = Parts.copy(file);
    MemberFolder held = MemberFolder.open(file.folder());
    try {
      Moving.settle(own);
      Optional<MovedFolder> already =
          MovedFolder.in(own).filter(moved -> moved.last().next().equals(file.ledger().identity()));
      if (already.isPresent()) {
        tell(already.get().last(), file.folder());
      } else {
        move(file, charter, own);
      }
    } finally {
      held.close();
    }
  }

  private void move(MemberFile file, Charter charter, Path own)
      throws IOException, InterruptedException {
    Move move = Move.of(archive == null ? own : archive, charter, handovers);
    check(file, charter, move.handover());
    if (archive != null) {
      replace(own, archive, charter, move);
    }
    Moving.leave(own, move.handovers());
    tell(move, file.folder());
  }

  private void check(MemberFile file, Charter charter, Handover handover)
      throws InterruptedException {
    if (!handover.next().equals(file.ledger().identity())) {
      throw new Failure(
          ExitCode.REFUSED,
          "The members handed over to %s, but %s names %s; write the new ledger there."
              .formatted(
                  handover.next(),
                  file.folder().resolve(MemberFile.NAME),
                  file.ledger().identity()));
    }
    if (file.ledger() instanceof LedgerAddress.OnChain chain) {
      ContractCheck.check(
          chain,
          charter,
          file.member(),
          AccountKey.open(chain.account()).address(),
          handover.end());
    }
  }

  /** The member's own copy, which must be no other history, makes room for an archive. */
  private static void replace(Path own, Path archive, Charter charter, Move move)
      throws IOException {
    if (Files.exists(own)) {
      Optional<Head> reached = move.contradictedBy(own, archive, charter);
      if (reached.isPresent()) {
        throw new Failure(
            ExitCode.FORK,
            "The copy in %s has %s, and the archive in %s has another history there; compare heads with the other members."
                .formatted(own, reached.get(), archive));
      }
    }
    Path part = own.resolveSibling(own.getFileName() + ".importing");
    Moving.delete(part);
    Moving.copy(archive, part);
    if (Files.exists(own)) {
      Path old = own.resolveSibling(own.getFileName() + ".replaced");
      Moving.delete(old);
      Moving.rename(own, old);
    }
    Moving.rename(part, own);
  }

  private void tell(Move move, Path folder) {
    output.say("Handed over by " + String.join(", ", move.by()) + ".");
    tell(move.handover(), folder);
  }

  private void tell(Handover handover, Path folder) {
    output.result(
        Json.object()
            .put("folder", folder.toString())
            .put("from", handover.from())
            .put("to", handover.next())
            .put("head", handover.end().head().toString())
            .map(),
        print -> {
          print.printf("%s goes on at %s%n", folder, handover.end().head());
          print.printf("  from  %s, now an archive%n", handover.from());
          print.printf("  to    %s%n", handover.next());
        });
  }

  private static Failure usage(String sentence) {
    return new Failure(ExitCode.USAGE, sentence);
  }
}
