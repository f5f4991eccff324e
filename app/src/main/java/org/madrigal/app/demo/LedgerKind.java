package org.madrigal.app.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.madrigal.app.chain.LocalChainProgram;

/**
 * What the demo's ledger is kept in.
 *
 * @param program the program of the chain; none for files
 */
record LedgerKind(Optional<Path> program) {

  /** Files, as the default is. */
  static final LedgerKind FILES = new LedgerKind(Optional.empty());

  /** A chain of this machine, which must be installed. */
  static LedgerKind chain() {
    return new LedgerKind(Optional.of(LocalChainProgram.find()));
  }

  /** Starts one; what a chain keeps meanwhile vanishes with the folder. */
  DemoLedger start(DemoFederation federation, DemoFolder folder)
      throws IOException, InterruptedException {
    return program.isPresent()
        ? DemoChain.start(federation, program.get(), folder.scratch("chain"))
        : DemoServer.start(federation);
  }
}
