package org.madrigal.ledger.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.ForkException;

/** Chains that take blocks back, and nodes that lie about them. */
@Tag("evm")
@Timeout(120)
final class ReorganisationTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration MOMENT = Duration.ofMillis(300);

  @TempDir private Path folder;
  private final Anvil anvil = Anvil.start();
  private EvmLedgerId contract = new EvmLedgerId(1, anvil.key(0).address());

  @BeforeEach
  void make() throws Exception {
    contract = Contracts.make(anvil);
  }

  @AfterEach
  void end() {
    anvil.close();
  }

  @Test
  void stopWhoFollowsAForkThatDied() throws Exception {
    try (EvmLedger ledger = open("copy", Contracts.OPTIONS, anvil.uri())) {
      ledger.append(statement(1), Optional.empty());
      assertThat(ledger.read(Position.FIRST, 1, LONG)).hasSize(1);
      anvil.tell("anvil_reorg", 1, List.of());
      assertThatThrownBy(() -> ledger.read(new Position(1), 1, LONG))
          .isInstanceOf(ForkException.class)
          .hasMessageContaining("the finality latest is too weak for this network");
      assertThatThrownBy(() -> ledger.append(statement(2), Optional.empty()))
          .isInstanceOf(ForkException.class);
    }
  }

  @Test
  void stopWhoComesBackToAnotherChain() throws Exception {
    try (EvmLedger ledger = open("copy", Contracts.OPTIONS, anvil.uri())) {
      ledger.append(statement(1), Optional.empty());
      assertThat(ledger.read(Position.FIRST, 1, LONG)).hasSize(1);
    }
    anvil.tell("anvil_reorg", 1, List.of());
    try (EvmLedger ledger = open("copy", Contracts.OPTIONS, anvil.uri())) {
      assertThatThrownBy(() -> ledger.catchUp(LONG)).isInstanceOf(ForkException.class);
    }
  }

  @Test
  void doNotTouchWhatIsNotFinal() throws Exception {
    EvmLedgerConfig.Options deep = Contracts.OPTIONS.with(new Finality.Depth(3));
    try (EvmLedger ledger = open("copy", deep, anvil.uri())) {
      ledger.append(statement(1), Optional.empty());
      anvil.tell("anvil_mine", "0x2");
      assertThat(ledger.read(Position.FIRST, 1, MOMENT)).isEmpty();
      anvil.tell("anvil_reorg", 3, List.of());
      anvil.tell("anvil_mine", "0x5");
      assertThat(ledger.read(Position.FIRST, 1, MOMENT)).isEmpty();
      ledger.append(statement(1), Optional.empty());
      anvil.tell("anvil_mine", "0x3");
      assertThat(ledger.read(Position.FIRST, 1, LONG)).hasSize(1);
    }
  }

  @Test
  void isNotBelievedOfANodeWhereAnotherKnowsBetter() throws Exception {
    try (NodeProxy liar = NodeProxy.with(NodeProxy.passing(anvil.uri()));
        EvmLedger ledger = open("copy", Contracts.OPTIONS, liar.uri(), anvil.uri())) {
      ledger.append(statement(1), Optional.empty());
      assertThat(ledger.read(Position.FIRST, 1, LONG)).hasSize(1);
      liar.become(request ->
          request.path("method").asText().equals("eth_getBlockByNumber")
              ? invented(NodeProxy.passing(anvil.uri()).answer(request))
              : NodeProxy.passing(anvil.uri()).answer(request));
      try (EvmLedger other = open("other", Contracts.OPTIONS, anvil.uri())) {
        other.catchUp(LONG);
      }
      ledger.append(statement(2), Optional.empty());
      assertThat(ledger.read(new Position(1), 1, LONG)).hasSize(1);
    }
  }

  private static NodeProxy.Answer invented(NodeProxy.Answer honest) {
    return new NodeProxy.Answer(
        200, honest.body().replaceAll("\"(hash|parentHash)\":\"0x..", "\"$1\":\"0x00"));
  }

  @Test
  void neitherIsAnEntryThatANodeLeavesOut() throws Exception {
    try (NodeProxy liar =
            NodeProxy.with(request ->
                request.path("method").asText().equals("eth_getLogs")
                    ? NodeProxy.Answer.result(List.of())
                    : NodeProxy.passing(anvil.uri()).answer(request));
        EvmLedger ledger = open("copy", Contracts.OPTIONS, liar.uri())) {
      ledger.append(statement(1), Optional.empty());
      assertThat(ledger.read(Position.FIRST, 1, MOMENT)).isEmpty();
      assertThat(ledger.trouble().orElse(""))
          .contains("told what cannot be: the contract's head after block")
          .doesNotContain("a-secret-key");
      try (EvmLedger other = open("other", Contracts.OPTIONS, liar.uri(), anvil.uri())) {
        assertThat(other.read(Position.FIRST, 1, LONG)).hasSize(1);
      }
    }
  }

  @Test
  void norAreBytesThatANodeChanged() throws Exception {
    try (NodeProxy liar =
            NodeProxy.with(request -> {
              NodeProxy.Answer honest = NodeProxy.passing(anvil.uri()).answer(request);
              return request.path("method").asText().equals("eth_getLogs")
                  ? new NodeProxy.Answer(
                      200, honest.body().replace(hex("statement 1"), hex("statement 7")))
                  : honest;
            });
        EvmLedger ledger = open("copy", Contracts.OPTIONS, liar.uri())) {
      ledger.append(statement(1), Optional.empty());
      assertThat(ledger.read(Position.FIRST, 1, MOMENT)).isEmpty();
      assertThat(ledger.trouble().orElse("")).contains("is not what the contract has hashed");
    }
  }

  private EvmLedger open(String copy, EvmLedgerConfig.Options options, URI... nodes) {
    return EvmLedger.open(
        Contracts.config(contract, anvil.key(0), folder.resolve(copy), options, nodes));
  }

  private static String hex(String text) {
    return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static SignedStatement statement(int number) {
    return SignedStatement.of(
        Bytes.copyOf("statement %d".formatted(number).getBytes(StandardCharsets.UTF_8)));
  }
}
