package org.madrigal.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.madrigal.app.browser.Browsing.Theme;

/** What is not as it should be has a sign, a word and a reason. */
final class TroublesTest extends RecordedCase {

  private static final String REASON = "2 masked updates came, and at least 3 are needed";

  @Test
  void anAttemptThatWasGivenUpSaysWhy() {
    node.changed((path, answer) -> path.startsWith("/rounds/") ? tried(answer) : answer);

    at("rounds/2");

    assertThat(page.locator(".facts")).containsText("2, of which 1 given up");
    assertThat(page.locator(".slot").first()).containsText("Given up: " + REASON);
    assertThat(page.locator(".slot").last()).containsText("The sum opened");
    assertThat(page.locator(".bar")).hasText(new String[] {"slot 1, given up", "slot 2"});
    Browsing.picture(page, "given-up", Theme.DARK);
  }

  private static JsonNode tried(ObjectNode round) {
    ObjectNode slot = (ObjectNode) round.withArray("/slotList").get(0);
    ObjectNode first = slot.deepCopy();
    first.put("outcome", "abandoned").put("reason", REASON);
    slot.put("slot", 2);
    for (JsonNode step : slot.path("steps")) {
      ((ObjectNode) step).put("position", step.path("position").asInt() + 10);
    }
    round.withArray("/slotList").insert(0, first);
    return round.put("slots", 2).put("abandoned", 1);
  }

  @Test
  void aRoundThatWasDiscardedSaysThatTheModelStayed() {
    node.changed(
        (path, answer) -> path.startsWith("/rounds/") ? answer.put("state", "discarded") : answer);

    at("rounds/1");

    assertThat(page.locator(".titled .pill")).hasText("Discarded");
    assertThat(page.locator(".note.bad")).containsText("the model stayed as it was");
  }

  @Test
  void aRejectedStatementIsMarkedAndSaysWhy() {
    at("statements");

    Locator row = page.locator("tr.rejected");
    assertThat(row).hasCount(1);
    assertThat(row).containsText("mallory sends an update in the open");
    assertThat(row).containsText("Rejected: Its author is not in the charter.");
    assertThat(row).containsText("mallory is not a member of this federation");
  }

  @Test
  void filtersAskForWhatTheySay() {
    at("statements");

    page.getByLabel("Verdict").selectOption("rejected");
    page.waitForURL("**/#/statements?rejected=true");
    page.getByLabel("Signed by").selectOption("birch");

    page.waitForURL("**/#/statements?author=birch&rejected=true");
    assertThat(page.getByLabel("Verdict")).hasValue("true");
    page.getByText("Clear").click();
    assertThat(page.getByLabel("Signed by")).hasValue("");
  }

  @Test
  void aBrokenLedgerSaysSoOnEveryPage() {
    node.changed((path, answer) ->
        switch (path) {
          case "/status" -> {
            answer
                .withObject("/replay")
                .put("verdict", "broken")
                .put("position", 93)
                .put("reason", "its hash differs");
            yield answer;
          }
          case "/audit" -> {
            answer
                .put("verdict", "broken")
                .putObject("first")
                .put("position", 93)
                .put("reason", "its hash differs");
            yield answer;
          }
          default -> answer;
        });

    for (String path : new String[] {"", "rounds", "members", "statements", "model", "charter"}) {
      at(path);
      assertThat(page.locator(".note.bad"))
          .containsText("This ledger is broken at position 93. its hash differs.");
    }
    page.getByText("What to do").click();

    assertThat(page.locator("h1")).hasText("Audit");
    assertThat(page.locator(".note.bad")).hasCount(1);
    assertThat(page.locator(".note.bad")).containsText("What is wrong: its hash differs");
    Browsing.picture(page, "broken", Theme.DARK);
  }

  @Test
  void aFederationBeforeItsFirstRoundSaysWhatWillCome() {
    node.rounds(0)
        .changed((path, answer) ->
            switch (path) {
              case "/status" -> {
                answer
                    .put("phase", "enrolling")
                    .put("words", "Waiting for cedar to enrol.")
                    .putNull("stage")
                    .putNull("model")
                    .putNull("estimate");
                answer.withObject("/progress").put("roundsDone", 0).put("fraction", 0);
                yield answer;
              }
              case "/models" -> RecordedNode.json("{\"models\": [], \"total\": 0, \"next\": null}");
              default -> answer;
            });

    at("");
    assertThat(page.locator(".lead")).hasText("Waiting for cedar to enrol.");
    assertThat(page.getByText("It appears here after the first round.")).hasCount(3);
    assertThat(page.locator(".under").first())
        .containsText("No estimate before the first round is over.");
    Axe.assertNoSeriousFault(page);
    at("model");
    assertThat(page.locator("main")).containsText("There is no model yet.");
  }

  @Test
  void aMemberThatWasAwaySaysSinceWhen() {
    at("members/cedar");

    assertThat(page.locator(".titled .pill")).hasText("Away");
    assertThat(page.locator(".note.warn"))
        .containsText("round 6 closed without it, at position 120.");
  }

  @Test
  void whatDoesNotExistIsSaidPlainly() {
    at("members/nobody");
    assertThat(page.locator("main")).containsText("The charter names no such member.");

    at("rounds/what");
    assertThat(page.locator("main")).containsText("There is no such round yet.");

    at("nonsense/1/2");
    assertThat(page.locator("h1")).hasText("No such page");
    assertThat(page.title()).startsWith("No such page");
  }
}
