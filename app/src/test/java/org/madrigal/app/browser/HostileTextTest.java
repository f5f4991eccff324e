package org.madrigal.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that others wrote stays text, whatever it is. */
final class HostileTextTest extends RecordedCase {

  private static final String SCRIPT =
      "<script>window.taken = true</script><img src=x onerror='window.taken = true'>";

  /** What the page compares with words it knows; and links, which are made of what it checked. */
  private static final Set<String> WORDS =
      Set.of(
          "state",
          "verdict",
          "phase",
          "stage",
          "task",
          "outcome",
          "level",
          "of",
          "time",
          "deadline",
          "end",
          "next",
          "digest",
          "hex",
          "serves",
          "scope");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rounds",
        "rounds/1",
        "members",
        "members/alder",
        "statements",
        "statements/23",
        "model",
        "charter",
        "audit"
      })
  void isShownAsText(String path) {
    node.changed(
        (asked, answer) -> asked.endsWith("/members") ? named(answer) : everywhere(answer));

    at(path);

    assertThat(page.locator("main img").count()).isZero();
    assertThat(page.locator("body script").count()).isZero();
    assertThat((boolean) page.evaluate("() => window.taken === true")).isFalse();
    assertThat(page.locator("body")).containsText("<script>window.taken = true</script>");
  }

  /** The member that is looked at keeps its pseudonym, so that it is found. */
  private static JsonNode named(ObjectNode members) {
    for (JsonNode member : members.path("members")) {
      String id = member.path("id").asText();
      ((ObjectNode) everywhere(member)).put("id", id);
    }
    return members;
  }

  private static JsonNode everywhere(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Entry<String, JsonNode> field : List.copyOf(object.properties())) {
        if (!WORDS.contains(field.getKey())) {
          object.set(field.getKey(), everywhere(field.getValue()));
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int at = 0; at < array.size(); at++) {
        array.set(at, everywhere(array.get(at)));
      }
    }
    return node.isTextual() ? TextNode.valueOf(node.asText() + SCRIPT) : node;
  }
}
