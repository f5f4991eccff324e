package org.madrigal.ledger.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.DurableLedgerContract;
import org.madrigal.ledger.Fixtures;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.LedgerException;

/** The contract of all ledgers, on a chain whose blocks have the time of the test's clock. */
@Tag("evm")
final class EvmLedgerTest extends DurableLedgerContract {

  @TempDir Path temporary;
  private @Nullable Anvil anvil;
  private @Nullable NodeProxy node;
  private @Nullable EvmLedgerId contract;

  @Override
  protected Ledger open() throws Exception {
    if (anvil == null) {
      anvil = Anvil.start("--timestamp", "1760000000");
      contract = Contracts.make(anvil);
      node = NodeProxy.with(timed(anvil));
    }
    return EvmLedger.open(config(temporary.resolve("copy"), Contracts.OPTIONS));
  }

  private EvmLedgerConfig config(Path folder, EvmLedgerConfig.Options options) {
    if (anvil == null || node == null || contract == null) {
      throw new IllegalStateException("not open");
    }
    return Contracts.config(contract, anvil.key(0), folder, options, node.uri());
  }

  /**
   * Gives each transaction a block of its own with the test's time, or that of the block before.
   */
  private NodeProxy.Behaviour timed(Anvil chain) {
    NodeProxy.Behaviour passing = NodeProxy.passing(chain.uri());
    ReentrantLock mining = new ReentrantLock();
    long[] latest = {0};
    return request -> {
      if (!request.path("method").asText().equals("eth_sendRawTransaction")) {
        return passing.answer(request);
      }
      mining.lock();
      try {
        latest[0] = Math.max(latest[0], clock.millis() / 1000);
        passing.answer(
            NodeProxy.JSON.readTree(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"evm_setNextBlockTimestamp\",\"params\":[%d]}"
                    .formatted(latest[0])));
        return passing.answer(request);
      } finally {
        mining.unlock();
      }
    };
  }

  @AfterEach
  void endChain() {
    if (node != null) {
      node.close();
    }
    if (anvil != null) {
      anvil.close();
    }
  }

  @Test
  void isCalledByItsChainAndContract() {
    assertThat(ledger().identity()).isEqualTo(String.valueOf(contract)).startsWith("evm:31337:0x");
  }

  @Test
  void hasTheHeadThatTheContractTells() throws Exception {
    Head head = Head.genesis(Fixtures.FEDERATION);
    for (int i = 0; i < 4; i++) {
      ledger().append(statement(i), attachment(i));
    }
    for (Entry entry : readAll(4)) {
      head = head.after(entry.statement(), entry.time());
    }
    assertThat(status().head()).isEqualTo(head);
  }

  @Test
  void saysByWhomAnEntryCame() throws Exception {
    ledger().append(statement(1), Optional.empty());
    assertThat(readAll(1).getFirst().claims().orElseThrow().author())
        .isEqualTo(Contracts.ROSTER.getFirst());
  }

  @Test
  void readsTheSameWithoutItsCopy() throws Exception {
    for (int i = 0; i < 6; i++) {
      ledger().append(statement(i), attachment(i));
    }
    List<Entry> entries = readAll(6);
    try (EvmLedger other = EvmLedger.open(config(temporary.resolve("other"), Contracts.OPTIONS))) {
      other.catchUp(LONG);
      assertThat(other.read(Position.FIRST, 6, Duration.ZERO)).isEqualTo(entries);
    }
  }

  @Test
  void refusesWhatTakesMoreGasThanTheLimitAndSaysHowMuch() throws Exception {
    try (EvmLedger poor =
        EvmLedger.open(config(temporary.resolve("other"), Contracts.OPTIONS.spending(100_000)))) {
      assertThatThrownBy(() -> poor.append(statement(1), attachment(1)))
          .isInstanceOfSatisfying(
              LedgerException.class,
              e -> assertThat(e.kind()).isEqualTo(LedgerException.Kind.REFUSED))
          .hasMessageContaining("and the limit is 100000:")
          .hasMessageContaining("are missing; raise the limit");
    }
  }

  @Test
  void refusesAnAccountThatTheContractDoesNotKnow() throws Exception {
    if (anvil == null || node == null || contract == null) {
      throw new IllegalStateException("not open");
    }
    try (EvmLedger stranger =
        EvmLedger.open(
            Contracts.config(
                contract,
                anvil.key(5),
                temporary.resolve("other"),
                Contracts.OPTIONS,
                node.uri()))) {
      assertThatThrownBy(() -> stranger.append(statement(1), Optional.empty()))
          .hasMessageContaining("does not know the account " + anvil.key(5).address());
    }
  }

  @Test
  void saysHowMuchMoneyIsMissing() throws Exception {
    if (anvil == null) {
      throw new IllegalStateException("not open");
    }
    anvil.tell("anvil_setBalance", anvil.key(0).address().toString(), "0x1");
    assertThatThrownBy(() -> ledger().append(statement(1), Optional.empty()))
        .hasMessageContaining("has 1 wei and may need")
        .hasMessageContaining("are missing; fill it up");
  }

  private EvmContract.Status status() throws InterruptedException {
    if (anvil == null || contract == null) {
      throw new IllegalStateException("not open");
    }
    return EvmContract.status(contract, List.of(anvil.uri()));
  }
}
