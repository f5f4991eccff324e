package org.madrigal.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

/** A node that goes away, and comes back. */
final class ConnectionTest extends RecordedCase {

  @Test
  void leavesWhatItSaidLastAndSaysSo() {
    at("members");
    assertThat(page.locator("tbody tr")).hasCount(3);

    node.away(true);

    assertThat(page.locator(".connection")).hasText("Not connected");
    assertThat(page.locator("tbody tr")).hasCount(3);
  }

  @Test
  void goesOnByItselfWhenTheNodeIsBack() {
    at("members");
    node.away(true);
    assertThat(page.locator(".connection")).hasText("Not connected");
    node.changed((path, answer) -> path.equals("/status") ? answer.put("position", 143) : answer);

    node.away(false);

    assertThat(page.locator(".foot")).containsText("143 entries read");
  }

  @Test
  void explainsANodeThatWasNeverThere() {
    at("audit");
    node.away(true);

    page.evaluate("() => { location.hash = '#/members'; }");

    assertThat(page.locator("h1")).hasText("The node does not answer");
    assertThat(page.locator("main")).containsText("Nothing is lost");
    node.away(false);
    page.getByText("Try again").click();
    assertThat(page.locator("h1")).hasText("Members");
  }

  @Test
  void sendsWhoHasNoTokenToTheLogin() {
    node.changed((path, answer) ->
        RecordedNode.json(
            "{\"type\": \"about:blank\", \"title\": \"Unauthorized\", \"status\": 401,"
                + " \"detail\": \"Sign in first.\"}"));

    page.navigate(RecordedNode.BASE + "/#/rounds");

    page.waitForURL(RecordedNode.BASE + "/login#/rounds");
  }
}
