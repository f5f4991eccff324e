package org.madrigal.app.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.app.fixture.SecretFederation;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Custody;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.core.state.Verdict;
import org.madrigal.ledger.evm.Anvil;
import org.madrigal.ledger.evm.Contracts;
import org.madrigal.ledger.evm.EvmContract;
import org.madrigal.ledger.evm.EvmLedgerConfig;
import org.madrigal.ledger.evm.EvmLedgerId;
import org.madrigal.ledger.evm.Finality;

/** A masked federation on a chain beside the same one on a file. */
@Tag("evm")
@Timeout(300)
final class ChainFederationTest {

  private static final int DEPTH = 3;

  /** More blocks than there may be between an entry and the end when it is heard of. */
  private static final int MANY = 10;

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

  /** The chain has the names of the updates and receipts for them; the members have the bytes. */
  @Test
  void givesTheSameModelsWithEveryAttachmentOffTheChain() throws Exception {
    SecretFederation same = SecretFederation.trained(folder, "masked");
    Charter charter = same.charter();
    Charter offLedger =
        new Charter(
            charter.name(),
            charter.salt(),
            charter.roster(),
            charter.recipe(),
            charter.initial(),
            charter.training(),
            charter.rules().with(new Custody(0, charter.rules().minimum())));
    AtomicInteger receipts = new AtomicInteger();
    try (Anvil anvil = Anvil.start();
        ChainFederation federation =
            new ChainFederation(folder.resolve("chain"), anvil, offLedger, Contracts.OPTIONS)) {
      List<Digest> models =
          federation.train((entry, outcome) -> {
            assertThat(entry.attachment()).isEmpty();
            outcome
                .envelope()
                .filter(said -> said.payload().statement() instanceof Statement.Receipt)
                .ifPresent(said -> receipts.incrementAndGet());
          });
      assertThat(models).hasSize(2).isEqualTo(same.models());
      assertThat(receipts).hasPositiveValue();
    }
  }

  /**
   * The first statement of each kind, and then again each time something became final, what is not
   * final yet is taken back.
   */
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
      miner.watch(federation.contract().ledger());
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
      assertThat(miner.kinds())
          .as("what was taken back at least once")
          .contains(
              Statement.Founding.class,
              Statement.Enrolment.class,
              Statement.KeyOffer.class,
              Statement.KeySeal.class,
              Statement.Commitment.class,
              Statement.MaskedUpdate.class,
              Statement.Unmasking.class,
              Statement.Attestation.class);
    }
  }

  /**
   * At the first statement of a kind that was final, the chain takes it back. Models are attested
   * by the masked updates of the next round.
   */
  @ParameterizedTest
  @ValueSource(
      classes = {
        Statement.Commitment.class,
        Statement.MaskedUpdate.class,
        Statement.Unmasking.class
      })
  void stopsWhereAStepIsTakenBackThatWasFinal(Class<? extends Statement> step) throws Exception {
    SecretFederation same = SecretFederation.trained(folder, "masked");
    AtomicBoolean done = new AtomicBoolean();
    try (Anvil anvil = Anvil.start();
        ChainFederation federation =
            new ChainFederation(
                folder.resolve("chain"), anvil, same.charter(), Contracts.OPTIONS)) {
      assertThatThrownBy(() ->
              federation.train((entry, outcome) -> {
                if (kindsOf(List.of(entry.statement())).anyMatch(step::equals)
                    && done.compareAndSet(false, true)) {
                  anvil.tell("anvil_reorg", MANY, List.of());
                }
              }))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FORK))
          .hasMessageContaining("The chain has another history than before");
      assertThat(done).isTrue();
    }
  }

  private static Stream<Class<?>> kindsOf(List<SignedStatement> statements) {
    return statements.stream()
        .map(StatementCodec::decode)
        .filter(Decoding.Decoded.class::isInstance)
        .map(decoded -> ((Decoding.Decoded<?>) decoded).value())
        .filter(Envelope.class::isInstance)
        .map(envelope -> ((Envelope) envelope).payload().statement().getClass());
  }

  /** Mines a block every moment, and takes some back when it is told to, or sees a new kind. */
  private static final class Miner implements AutoCloseable {

    private final Anvil anvil;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Optional<EvmLedgerId> watched = Optional.empty();
    private final Set<Class<?>> kinds = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final Thread thread;

    Miner(Anvil anvil) {
      this.anvil = anvil;
      this.thread = Thread.ofVirtual().start(this::mine);
    }

    private void mine() {
      try {
        while (!over.get()) {
          anvil.tell("evm_mine");
          Optional<EvmLedgerId> contract = watched;
          if (contract.isPresent()
              && kinds.addAll(kindsOf(anvil.lastStatements(contract.get())).toList())) {
            takeBack(1);
          }
          Thread.sleep(Duration.ofMillis(100));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** From now on takes back each block in which the contract takes a statement of a new kind. */
    void watch(EvmLedgerId contract) {
      watched = Optional.of(contract);
    }

    void takeBack(int blocks) throws InterruptedException {
      anvil.tell("anvil_reorg", blocks, List.of());
      count.incrementAndGet();
    }

    int takenBack() {
      return count.get();
    }

    /** The kinds of the statements that were taken back at first. */
    Set<Class<?>> kinds() {
      return Set.copyOf(kinds);
    }

    @Override
    public void close() {
      over.set(true);
      thread.interrupt();
    }
  }
}
