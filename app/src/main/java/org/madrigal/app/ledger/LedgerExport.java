package org.madrigal.app.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.audit.Audit;
import org.madrigal.app.audit.AuditReport;
import org.madrigal.app.chain.ChainOptions;
import org.madrigal.app.chain.FreshCopy;
import org.madrigal.app.cli.EmptyFolder;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.config.CharterFile;
import org.madrigal.app.move.Moving;
import org.madrigal.app.view.AttachmentsOption;
import org.madrigal.app.view.ExaminedFolder;
import org.madrigal.ledger.evm.EvmLedgerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ledger export}: an archive of a ledger, audited before anybody relies on it. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write an archive of a ledger to a new folder: of one in files, of a member's copy, or of a"
          + " contract on a chain.",
      "The archive is audited as 'madrigal audit' does it without keys; one that fails is not kept."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal ledger export --ledger ledger --out archive",
      "  madrigal ledger export --ledger evm:1337:0x1f98... --out archive \\",
      "      --node http://127.0.0.1:8545 --charter charter.yaml",
      "",
      "Exit codes: 0 written, 2 the command line is wrong, 3 the ledger is broken or",
      "  was written to meanwhile, 4 a file is wrong, or the contract is not the",
      "  charter's, 7 no node answers, 14 the folder is not empty."
    })
final class LedgerExport implements Callable<Integer> {

  @Mixin private Output output;
  @Mixin private ExaminedFolder ledger;
  @Mixin private ChainOptions chain;

  @Option(
      names = "--charter",
      paramLabel = "FILE",
      description = "The charter that the ledger must be of; needed with --ledger evm:...")
  private @Nullable Path charter;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The archive's folder, which must be empty or not there yet.")
  private Path out;

  @Mixin private AttachmentsOption attachments;

  @Override
  public Integer call() throws IOException {
    Optional<EvmLedgerId> contract = chain.ledger(ledger.text());
    if (contract.isEmpty()) {
      export(ledger.path());
    } else {
      EmptyFolder.at(out);
      try (FreshCopy copy = chain.read(contract.get(), charter)) {
        export(copy.folder());
      }
    }
    return ExitCode.OK.code();
  }

  /** Nothing has the archive's name before the archive is whole and good. */
  private void export(Path from) throws IOException {
    EmptyFolder.at(out);
    Path part = EmptyFolder.at(out.resolveSibling(out.toAbsolutePath().getFileName() + ".part"));
    Moving.fill(from, part);
    Audit audit = Audit.of(part).with(attachments.beside(from));
    if (charter != null) {
      audit = audit.foundedBy(CharterFile.read(charter).charter().id());
    }
    AuditReport report = audit.run((entry, outcome) -> {});
    if (report.first().isPresent()) {
      Moving.delete(part);
      Files.delete(out);
      throw new Failure(
          ExitCode.BROKEN,
          "No archive was written: the ledger is broken at position %s (%s), or was written to meanwhile; run 'madrigal audit' on it, or export again."
              .formatted(report.first().get().position(), report.first().get().reason()));
    }
    Files.delete(out);
    Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
    tell(report);
  }

  private void tell(AuditReport report) {
    String head = report.head().orElseThrow().toString();
    output.result(
        Json.object()
            .put("archive", out.toString())
            .put("entries", report.entries())
            .put("head", head)
            .map(),
        print -> {
          print.printf("%s: %d entries, audited%n", out, report.entries());
          print.printf("head: %s%n", head);
        });
  }
}
