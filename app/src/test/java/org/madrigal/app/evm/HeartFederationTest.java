package org.madrigal.app.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Outcome;
import org.madrigal.ledger.evm.Anvil;
import org.madrigal.ledger.evm.Contracts;
import org.madrigal.ledger.evm.EvmContract;
import org.madrigal.ledger.evm.EvmLedgerConfig;
import org.madrigal.ledger.evm.Finality;
import org.madrigal.ledger.evm.GethNetwork;

/** One federation on ledgers of three kinds, the last of which loses a signer on the way. */
@Tag("evm")
@Timeout(400)
final class HeartFederationTest {

  private static final int ROUNDS = 2;

  /** How many entries the network goes on without the signer. */
  private static final int ALONE = 5;

  private static final EvmLedgerConfig.Options OPTIONS =
      Contracts.OPTIONS.with(new Finality.Depth(2)).polling(Duration.ofMillis(100));

  @TempDir private Path folder;

  @Test
  void givesTheSameModelsOnFilesOnAnvilAndOnGethWhereASignerDies() throws Exception {
    HeartFederation heart = HeartFederation.of(ROUNDS, folder.resolve("data"));
    List<Digest> onFile = heart.trainOnFile(folder.resolve("file"));
    assertThat(onFile).hasSize(ROUNDS);
    try (Anvil anvil = Anvil.start();
        ChainFederation federation =
            new ChainFederation(
                folder.resolve("anvil"),
                anvil,
                heart.charter(),
                heart::trainer,
                Contracts.OPTIONS)) {
      assertThat(federation.train((entry, outcome) -> {})).isEqualTo(onFile);
    }
    try (GethNetwork network = GethNetwork.start(folder.resolve("signers"));
        ChainFederation federation =
            new ChainFederation(
                folder.resolve("geth"), network, heart.charter(), heart::trainer, OPTIONS)) {
      Signer first = new Signer(network);
      assertThat(federation.train((entry, outcome) -> first.hear(outcome))).isEqualTo(onFile);
      assertThat(first.without).isEqualTo(ALONE);
      assertThat(
              EvmContract.model(
                  federation.contract().ledger(), List.of(network.nodes().getFirst()), 1))
          .as("what the members attested while the signer was dead")
          .isEqualTo(Optional.of(new EvmContract.Model(onFile.getFirst(), 4)));
    }
  }

  /** The signer whose node all members ask first: it dies with the first model, and comes back. */
  private static final class Signer {

    private final GethNetwork network;
    private boolean dead;
    private int without;

    Signer(GethNetwork network) {
      this.network = network;
    }

    void hear(Outcome outcome) throws InterruptedException {
      if (dead) {
        without++;
        if (without == ALONE) {
          network.restart(0);
          dead = false;
        }
      } else if (without == 0
          && outcome.events().stream().anyMatch(Event.RoundClosed.class::isInstance)) {
        network.kill(0);
        dead = true;
      }
    }
  }
}
