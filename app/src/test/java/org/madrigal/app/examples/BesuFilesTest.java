package org.madrigal.app.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The files of examples/besu against what Besu documents: names of its genesis file and of its
 * options (Besu 26.3, the file in which its own tests list all of them).
 */
final class BesuFilesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SETTING =
      Pattern.compile("([a-z0-9-]+)=(\"[^\"]*\"|true|false|[0-9.]+|\\[(\"[^\"]*\"(, )?)+])");

  private static final List<String> OPTIONS =
      List.of(
          "data-path",
          "genesis-file",
          "static-nodes-file",
          "sync-mode",
          "discovery-enabled",
          "p2p-host",
          "p2p-port",
          "rpc-http-enabled",
          "rpc-http-host",
          "rpc-http-port",
          "rpc-http-api",
          "host-allowlist",
          "min-gas-price",
          "rpc-tx-feecap",
          "strict-tx-replay-protection-enabled",
          "tx-pool",
          "tx-pool-max-size",
          "tx-pool-limit-by-account-percentage");

  @Test
  void theNetworkIsOneOfFourValidatorsWithFreeGas() throws IOException {
    JsonNode network = JSON.readTree(read("network.json"));
    JsonNode genesis = network.path("genesis");
    assertThat(genesis.fieldNames())
        .toIterable()
        .containsExactly(
            "config",
            "nonce",
            "timestamp",
            "gasLimit",
            "difficulty",
            "mixHash",
            "coinbase",
            "alloc");
    JsonNode config = genesis.path("config");
    assertThat(config.fieldNames())
        .toIterable()
        .containsExactly("chainId", "berlinBlock", "londonBlock", "zeroBaseFee", "qbft");
    assertThat(config.path("zeroBaseFee").asBoolean()).isTrue();
    assertThat(config.path("qbft").fieldNames())
        .toIterable()
        .containsExactly("blockperiodseconds", "epochlength", "requesttimeoutseconds");
    assertThat(config.path("qbft").path("requesttimeoutseconds").asInt())
        .isGreaterThan(config.path("qbft").path("blockperiodseconds").asInt());
    assertThat(Long.decode(genesis.path("gasLimit").asText()))
        .as("room for several pieces of an attachment in a block")
        .isGreaterThan(10 * 5_000_000);
    assertThat(network.path("blockchain").path("nodes").path("count").asInt()).isEqualTo(4);
  }

  @Test
  void aValidatorIsSetByOptionsThatBesuKnows() throws IOException {
    Map<String, String> settings = settings();
    assertThat(settings).containsOnlyKeys(OPTIONS);
    assertThat(settings)
        .containsEntry("min-gas-price", "0")
        .containsEntry("tx-pool", "\"sequenced\"")
        .containsEntry("discovery-enabled", "false");
    double each =
        Double.parseDouble(settings.get("tx-pool-max-size"))
            * Double.parseDouble(settings.get("tx-pool-limit-by-account-percentage"));
    assertThat(each).as("transactions of one account").isGreaterThan(16);
  }

  @Test
  void theValidatorsFindEachOtherOnThePortsOfTheStartLines() throws IOException {
    List<String> nodes = new ArrayList<>();
    JSON.readTree(read("static-nodes.json")).forEach(node -> nodes.add(node.asText()));
    String lines = read("README.md");
    assertThat(nodes).hasSize(4).doesNotHaveDuplicates();
    for (String node : nodes) {
      Matcher parts = Pattern.compile("enode://[0-9a-f]{128}@127\\.0\\.0\\.1:(\\d+)").matcher(node);
      assertThat(parts.matches()).as(node).isTrue();
      assertThat(lines).contains("--p2p-port=" + parts.group(1));
    }
  }

  /** The lines of node.toml, each a comment or a setting of one line. */
  private static Map<String, String> settings() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    for (String line : read("node.toml").lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      Matcher setting = SETTING.matcher(line);
      assertThat(setting.matches()).as(line).isTrue();
      assertThat(settings.put(setting.group(1), setting.group(2))).as("twice: %s", line).isNull();
    }
    return settings;
  }

  private static String read(String name) throws IOException {
    Path file = ExampleData.example("besu").resolve(name);
    return Files.readString(file);
  }
}
