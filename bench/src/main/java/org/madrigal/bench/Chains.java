package org.madrigal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.madrigal.app.chain.LocalChainProgram;
import org.madrigal.ledger.evm.EvmLedgerConfig;
import org.madrigal.ledger.evm.Finality;

/** The chain that is measured on: anvil, as the demo finds it. */
final class Chains {

  /** As the demo reads and writes one. */
  static final EvmLedgerConfig.Options OPTIONS =
      EvmLedgerConfig.Options.DEFAULT.with(new Finality.Latest()).polling(Duration.ofMillis(20));

  private Chains() {}

  static Path program() {
    return LocalChainProgram.find();
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
