package org.madrigal.app.view;

import java.nio.file.Files;
import java.nio.file.Path;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.move.LedgerFiles;
import picocli.CommandLine.Option;

/**
 * The mixin of commands that examine every byte of a ledger's folder, so that it must be named
 * exactly.
 */
public final class ExaminedFolder {

  private static final String COPY = "ledger";

  @Option(
      names = "--ledger",
      paramLabel = "LEDGER",
      required = true,
      description =
          "The ledger's folder, or a member's copy of it. 'audit' and 'ledger export' also read a"
              + " contract, evm:CHAIN:CONTRACT, with --node and --charter.")
  private String named;

  /** Filled in by picocli. */
  public ExaminedFolder() {}

  /** What was named, as it was written. */
  public String text() {
    return named;
  }

  /** The folder. */
  public Path path() {
    Path folder = Path.of(named);
    if (!Files.isDirectory(folder)) {
      throw new Failure(
          ExitCode.USAGE,
          "There is no folder %s; --ledger names a ledger's folder.".formatted(folder));
    }
    if (!holdsLedger(folder) && holdsLedger(folder.resolve(COPY))) {
      throw new Failure(
          ExitCode.USAGE,
          "%s holds a ledger but is none; say --ledger %s."
              .formatted(folder, folder.resolve(COPY)));
    }
    return folder;
  }

  private static boolean holdsLedger(Path path) {
    return LedgerFiles.areIn(path);
  }
}
