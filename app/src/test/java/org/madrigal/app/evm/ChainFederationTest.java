package org.madrigal.app.evm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.fixture.SecretFederation;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.state.Verdict;
import org.madrigal.ledger.evm.Anvil;
import org.madrigal.ledger.evm.Contracts;
import org.madrigal.ledger.evm.EvmContract;
import org.madrigal.ledger.evm.EvmLedgerConfig;
import org.madrigal.ledger.evm.Finality;

/** A masked federation on a chain beside the same one on a file. */
@Tag("evm")
@Timeout(300)
final class ChainFederationTest {

  private static final int DEPTH = 3;

  @TempDir private Path folder;

  @Test
  void givesTheModelsThatItGivesOnAFile() throws Exception {
    SecretFederation same = SecretFederation.trained(folder, "masked");
    List<Digest> onFile = same.models();
    try (Anvil anvil = Anvil.start();
        ChainFederation federation =
            new ChainFederation(
                folder.resolve("chain"), anvil, same.charter(), Contracts.OPTIONS)) {
      assertThat(federation.train((entry, outcome) -> {})).isEqualTo(onFile);
      Optional<EvmContract.Model> published =
          EvmContract.model(federation.contract().ledger(), List.of(anvil.uri()), 1);
      assertThat(published).contains(new EvmContract.Model(onFile.getFirst(), 4));
    }
  }

  /** Each time something became final, the two blocks that are not are taken back. */
  @Test
  void goesOnThroughAReorganisationAtEveryStep() throws Exception {
    SecretFederation same = SecretFederation.trained(folder, "masked");
    List<Verdict> refused = new ArrayList<>();
    EvmLedgerConfig.Options options =
        Contracts.OPTIONS.with(new Finality.Depth(DEPTH)).stuckAfter(Duration.ofSeconds(3));
    try (Anvil anvil = Anvil.start("--no-mining");
        Miner miner = new Miner(anvil);
        ChainFederation federation =
            new ChainFederation(folder.resolve("chain"), anvil, same.charter(), options)) {
      List<Digest> models =
          federation.train((entry, outcome) -> {
            if (!(outcome.verdict() instanceof Verdict.Applied)) {
              refused.add(outcome.verdict());
            }
            miner.takeBack(DEPTH - 1);
          });
      assertThat(models).hasSize(2).isEqualTo(same.models());
      assertThat(refused).isEmpty();
      assertThat(miner.takenBack()).isGreaterThan(20);
    }
  }

  /** Mines a block every moment, and takes some back when it is told to. */
  private static final class Miner implements AutoCloseable {

    private final Anvil anvil;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread;
    private int count;

    Miner(Anvil anvil) {
      this.anvil = anvil;
      this.thread = Thread.ofVirtual().start(this::mine);
    }

    private void mine() {
      try {
        while (!over.get()) {
          anvil.tell("evm_mine");
          Thread.sleep(Duration.ofMillis(100));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void takeBack(int blocks) throws InterruptedException {
      anvil.tell("anvil_reorg", blocks, List.of());
      count++;
    }

    int takenBack() {
      return count;
    }

    @Override
    public void close() {
      over.set(true);
      thread.interrupt();
    }
  }
}
