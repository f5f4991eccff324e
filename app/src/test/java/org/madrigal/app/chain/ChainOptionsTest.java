package org.madrigal.app.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.app.Cli;

/** What is wrong with a command line that reads a chain is said before any node is asked. */
class ChainOptionsTest {

  private static final String LEDGER = "evm:31337:0x5fbdb2315678afecb367f032d93f642f64180aa3";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"status", "log", "audit"})
  void asksForANodeAndForTheCharter(String command) {
    refuses(Cli.run(command, "--ledger", LEDGER), "is read from a node: name one with --node");
    refuses(
        Cli.run(command, "--ledger", LEDGER, "--node", "http://127.0.0.1:1"),
        "is checked against its charter: name the file with --charter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "log", "audit"})
  void refusesANameThatIsNone(String command) {
    refuses(Cli.run(command, "--ledger", "evm:one:0x12", "--node", "http://127.0.0.1:1"), "evm:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "log", "audit"})
  void refusesOptionsOfAChainForAFolder(String command) {
    refuses(
        Cli.run(command, "--ledger", folder, "--node", "http://127.0.0.1:1"),
        "--node, --finality, --first-block and --archive go with --ledger evm:CHAIN:CONTRACT");
    refuses(
        Cli.run(command, "--ledger", folder, "--finality", "latest"),
        "--node, --finality, --first-block and --archive go with --ledger evm:CHAIN:CONTRACT");
    refuses(
        Cli.run(command, "--ledger", folder, "--archive", folder),
        "--archive go with --ledger evm:CHAIN:CONTRACT");
  }

  @Test
  void saysThatNoOrdererSignsAChain() {
    refuses(Cli.run("ledger", "verify", "--ledger", LEDGER), "which no orderer signs");
  }

  private static void refuses(Cli.Result result, String sentence) {
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains(sentence).hasLineCount(1);
  }
}
