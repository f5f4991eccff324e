package org.madrigal.app.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.move.MovedFolder;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.Origin;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;
import org.madrigal.ledger.evm.ContractTerms;
import org.madrigal.ledger.evm.EvmContract;
import org.madrigal.ledger.evm.EvmLedger;
import org.madrigal.ledger.evm.EvmLedgerConfig;
import org.madrigal.ledger.evm.EvmLedgerId;
import org.madrigal.ledger.evm.GasMeter;

/**
 * A ledger on a chain, read from its first entry to the last final one into a temporary folder,
 * which is gone when this is closed.
 */
public final class FreshCopy implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(10);

  private final Path folder;

  private FreshCopy(Path folder) {
    this.folder = folder;
  }

  /** Reads it, and what it took in gas, if that is asked. */
  static FreshCopy of(
      EvmLedgerId ledger,
      Charter charter,
      List<URI> nodes,
      EvmLedgerConfig.Options options,
      Optional<GasMeter> meter,
      Optional<MovedFolder> archive) {
    try {
      return checked(ledger, charter, nodes, options, meter, archive);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.INTERRUPTED, "Interrupted.", e);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, e.getMessage() + ".", e);
    }
  }

  private static FreshCopy checked(
      EvmLedgerId ledger,
      Charter charter,
      List<URI> nodes,
      EvmLedgerConfig.Options options,
      Optional<GasMeter> meter,
      Optional<MovedFolder> archive)
      throws InterruptedException {
    Origin origin = archive.map(MovedFolder::origin).orElseGet(() -> Origin.of(charter.id()));
    ContractTerms terms = EvmContract.status(ledger, nodes).terms();
    if (archive.isEmpty() && !terms.origin().isFirst()) {
      throw new Failure(
          ExitCode.USAGE,
          "The ledger %s goes on where another ended, after %s entries: name the folder with what was before it with --archive."
              .formatted(ledger, terms.origin().first()));
    }
    Optional<String> difference = ContractCheck.difference(charter, terms, origin);
    if (difference.isPresent()) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "The contract %s is not the ledger of '%s': %s."
              .formatted(ledger, charter.name(), difference.get()));
    }
    FreshCopy copy = new FreshCopy(temporary());
    try {
      Path part = archive.isPresent() ? copy.after(archive.get()) : copy.folder;
      fill(
          new EvmLedgerConfig(
              ledger,
              charter.id(),
              charter.roster().stream().map(Member::id).toList(),
              nodes,
              part,
              Optional.empty(),
              options,
              origin),
          meter);
      return copy;
    } catch (RuntimeException | InterruptedException e) {
      copy.close();
      throw e;
    }
  }

  /** Links to the ledgers that were left; returns where the present one belongs. */
  private Path after(MovedFolder archive) {
    try {
      for (MovedFolder.Left left : archive.left()) {
        for (Path each : List.of(left.files(), left.signed())) {
          Files.createSymbolicLink(folder.resolve(each.getFileName()), each.toAbsolutePath());
        }
      }
      return folder.resolve(archive.present().getFileName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A long chain may take long, as long as its nodes answer. */
  private static void fill(EvmLedgerConfig config, Optional<GasMeter> meter)
      throws InterruptedException {
    try (EvmLedger ledger =
        meter.map(m -> EvmLedger.open(config, m)).orElseGet(() -> EvmLedger.open(config))) {
      while (true) {
        try {
          ledger.catchUp(LOOK);
          return;
        } catch (LedgerException e) {
          if (e.kind() != Kind.UNREACHABLE || ledger.trouble().isPresent()) {
            throw e;
          }
        }
      }
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("madrigal-chain-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder, as {@link org.madrigal.ledger.evm.ChainCopy} reads it. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
