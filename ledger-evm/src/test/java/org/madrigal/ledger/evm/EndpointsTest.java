package org.madrigal.ledger.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;

/** Nodes that fail, each in its own way. */
final class EndpointsTest {

  private static final long CHAIN = 7;

  @Test
  void aNodeThatAllowsNoMoreRequestsIsLeftForAnother() throws Exception {
    try (NodeProxy busy = NodeProxy.with(request -> new NodeProxy.Answer(429, ""));
        NodeProxy idle = healthy();
        Endpoints nodes = nodes(busy, idle)) {
      assertThat(nodes.call("eth_blockNumber").asText()).isEqualTo("0x5");
      assertThat(nodes.call("eth_blockNumber").asText()).isEqualTo("0x5");
      assertThat(busy.asked()).isEqualTo(1);
    }
  }

  @Test
  void aProviderThatCountsInTheBodyIsLeftForAnother() throws Exception {
    try (NodeProxy busy =
            NodeProxy.with(request -> NodeProxy.Answer.error(-32_005, "daily limit reached"));
        NodeProxy idle = healthy();
        Endpoints nodes = nodes(busy, idle)) {
      assertThat(nodes.call("eth_blockNumber").asText()).isEqualTo("0x5");
    }
  }

  @Test
  void aNodeThatFailsInTheMiddleIsLeftForAnother() throws Exception {
    try (NodeProxy failing = healthy();
        NodeProxy other = healthy();
        Endpoints nodes = nodes(failing, other)) {
      assertThat(nodes.call("eth_blockNumber").asText()).isEqualTo("0x5");
      failing.become(request -> new NodeProxy.Answer(503, "<html>busy</html>"));
      assertThat(nodes.call("eth_blockNumber").asText()).isEqualTo("0x5");
      assertThat(nodes.current()).isEqualTo(name(other));
    }
  }

  @Test
  void aNodeOfAnotherChainIsNeverAsked() {
    try (NodeProxy foreign =
            NodeProxy.with(request ->
                NodeProxy.Answer.result(
                    request.path("method").asText().equals("eth_chainId") ? "0x1" : "0x9"));
        Endpoints nodes = nodes(foreign)) {
      assertThatThrownBy(() -> nodes.call("eth_blockNumber"))
          .isInstanceOfSatisfying(
              LedgerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FOREIGN))
          .hasMessage(
              "No node is on the ledger's chain (the node at %s: it is on chain 1, not on chain 7)"
                  .formatted(name(foreign)));
    }
  }

  @Test
  void aNodeThatIsStillSyncingIsWaitedFor() {
    try (NodeProxy syncing =
            NodeProxy.with(request ->
                request.path("method").asText().equals("eth_syncing")
                    ? NodeProxy.Answer.result(
                        Map.of("currentBlock", "0x10", "highestBlock", "0x20"))
                    : NodeProxy.Answer.result("0x7"));
        Endpoints nodes = nodes(syncing)) {
      assertThatThrownBy(() -> nodes.call("eth_blockNumber"))
          .isInstanceOfSatisfying(
              LedgerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
          .hasMessageContaining("it is still syncing: it has block 16 of 32");
    }
  }

  @Test
  void aNodeThatIsNotThereIsNamedWithoutItsKey() {
    URI nobody;
    try (NodeProxy gone = healthy()) {
      nobody = gone.uri();
    }
    try (Endpoints nodes = new Endpoints(CHAIN, List.of(nobody), Duration.ofSeconds(5))) {
      assertThatThrownBy(() -> nodes.call("eth_blockNumber"))
          .hasMessageContaining("the node at 127.0.0.1:" + nobody.getPort())
          .hasMessageContaining("cannot be reached")
          .message()
          .doesNotContain("a-secret-key");
    }
  }

  @Test
  void whatANodeRefusesIsNotAskedOfAnother() throws Exception {
    try (NodeProxy strict =
            NodeProxy.with(request ->
                switch (request.path("method").asText()) {
                  case "eth_chainId" -> NodeProxy.Answer.result("0x7");
                  case "eth_syncing" -> NodeProxy.Answer.result(false);
                  default -> NodeProxy.Answer.error(-32_000, "nonce too low");
                });
        NodeProxy other = healthy();
        Endpoints nodes = nodes(strict, other)) {
      assertThatThrownBy(() -> nodes.call("eth_sendRawTransaction", "0x"))
          .isInstanceOf(RpcRefusal.class)
          .hasMessage("nonce too low");
      assertThat(other.asked()).isZero();
    }
  }

  @Test
  void nonsenseIsNoAnswer() {
    try (NodeProxy odd = NodeProxy.with(request -> new NodeProxy.Answer(200, "{\"jsonrpc\":"));
        Endpoints nodes = nodes(odd)) {
      assertThatThrownBy(() -> nodes.call("eth_blockNumber"))
          .hasMessageContaining("it answered with something that is no JSON");
    }
  }

  private static NodeProxy healthy() {
    return NodeProxy.with(request ->
        switch (request.path("method").asText()) {
          case "eth_chainId" -> NodeProxy.Answer.result("0x7");
          case "eth_syncing" -> NodeProxy.Answer.result(false);
          default -> NodeProxy.Answer.result("0x5");
        });
  }

  private static Endpoints nodes(NodeProxy... proxies) {
    return new Endpoints(
        CHAIN, Stream.of(proxies).map(NodeProxy::uri).toList(), Duration.ofSeconds(20));
  }

  private static String name(NodeProxy proxy) {
    return "127.0.0.1:" + proxy.uri().getPort();
  }
}
