package org.madrigal.app.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ContractTest {

  private final Contract contract = Contract.committed();

  /** Whoever builds on the document builds on its examples. */
  @Test
  void everyExampleIsWhatItsSchemaSays() {
    Map<String, JsonNode> media = new TreeMap<>();
    collect(contract.document(), "", media);
    assertThat(media).hasSizeGreaterThan(15);
    assertThat(media)
        .allSatisfy((place, each) ->
            assertThat(contract.faults(each.path("schema"), each.path("example")))
                .as(place)
                .isEmpty());
  }

  @Test
  void wrongAnswersAreFound() {
    JsonNode schema = contract.schema("Problem");
    assertThat(contract.faults(schema, json("{\"type\":\"about:blank\",\"title\":\"x\"}")))
        .containsExactly(": 'status' is missing", ": 'detail' is missing");
    assertThat(
            contract.faults(
                contract.schema("Health"),
                json("{\"status\":\"ill\",\"position\":-1,\"pulse\":60}")))
        .containsExactly(
            "/status: \"ill\" is none of [\"alive\",\"ready\"]",
            "/position: -1 is too small",
            "/pulse is not documented");
    assertThat(contract.faults(contract.schema("Place"), json("{\"position\":\"1\",\"time\":2}")))
        .hasSize(2);
  }

  private static JsonNode json(String text) {
    try {
      return Contract.JSON.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void collect(JsonNode node, String place, Map<String, JsonNode> media) {
    if (node.has("schema") && node.has("example")) {
      media.put(place, node);
    }
    if (node.isObject()) {
      node.properties()
          .forEach(each -> collect(each.getValue(), place + "/" + each.getKey(), media));
    }
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      collect(node.get(i), place + "/" + i, media);
    }
  }
}
