package org.madrigal.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.madrigal.app.browser.Browsing.Theme;

/** The form that asks the model. */
final class PredictionTest extends RecordedCase {

  @Test
  void sendsWhatWasTypedAsTheColumnsTakeIt() {
    at("model");
    page.getByLabel("age 0 to 120").fill(" 63.5 ");
    page.getByLabel("sex").selectOption("1");

    Request request = page.waitForRequest("**/predict", this::press);

    assertThat(RecordedNode.json(request.postData()))
        .isEqualTo(RecordedNode.json("{\"rows\": [{\"age\": 63.5, \"sex\": \"1\"}]}"));
    assertThat(page.locator(".answer")).containsText("probability of class 1");
    assertThat(page.locator(".answer b")).hasText("83.0 %");
    Browsing.picture(page, "predicted", Theme.DARK);
  }

  @Test
  void sendsNothingForWhatIsNotKnown() {
    at("model");

    Request request = page.waitForRequest("**/predict", this::press);

    JsonNode row = RecordedNode.json(request.postData()).at("/rows/0");
    assertThat(row.path("age").isNull()).isTrue();
    assertThat(row.path("sex").isNull()).isTrue();
  }

  @Test
  void showsWhatTheNodeHasAgainstIt() {
    at("model");
    node.changed((path, answer) ->
        path.equals("/predict")
            ? RecordedNode.json(
                "{\"status\": 422, \"title\": \"Unprocessable Content\", \"type\": \"about:blank\","
                    + " \"detail\": \"Row 1 has no number in the column age: 'old'.\"}")
            : answer);
    page.getByLabel("age 0 to 120").fill("old");

    press();

    assertThat(page.locator(".predict .wrong"))
        .hasText("Row 1 has no number in the column age: 'old'.");
    assertThat(page.getByLabel("age 0 to 120")).hasValue("old");
  }

  @Test
  void takesSeveralRows() {
    at("model");
    page.getByText("Several rows at once").click();
    page.getByLabel("Rows as CSV").fill("age,sex\n63,1\n41,0\n");

    page.getByText("Predict all").click();

    assertThat(page.locator(".answer tbody tr")).hasCount(2);
    assertThat(page.locator(".answer")).containsText("12.0 %");
  }

  @Test
  void refusesRowsThatDoNotFitTheirHeads() {
    at("model");
    page.getByText("Several rows at once").click();
    page.getByLabel("Rows as CSV").fill("age,height\n63,180\n");
    page.getByText("Predict all").click();
    assertThat(page.locator(".several .wrong")).hasText("The charter has no column “height”.");

    page.getByLabel("Rows as CSV").fill("age,sex\n63\n");
    page.getByText("Predict all").click();

    assertThat(page.locator(".several .wrong"))
        .hasText("Row 1 has 1 value and there are 2 columns.");
  }

  @Test
  void isNotOfferedToWhoHasNoKey() {
    node.changed(
        (path, answer) -> path.startsWith("/models/") ? answer.put("recomputed", false) : answer);

    at("model");

    assertThat(page.locator(".predicts")).containsText("This reader cannot predict.");
    assertThat(page.locator("form.predict")).hasCount(0);
  }

  private void press() {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Predict").setExact(true))
        .click();
  }
}
