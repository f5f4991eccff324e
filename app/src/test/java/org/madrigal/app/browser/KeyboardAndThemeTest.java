package org.madrigal.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** Without a mouse, and in the colours that people want. */
final class KeyboardAndThemeTest extends RecordedCase {

  @Test
  void skipsToTheContent() {
    at("");

    page.keyboard().press("Tab");
    assertThat(page.locator("#skip")).isFocused();
    page.keyboard().press("Enter");

    assertThat(page.locator("main")).isFocused();
    assertThat(page.url()).endsWith("#/");
  }

  @Test
  void reachesEveryPage() {
    at("");
    page.locator("#nav a").first().focus();
    for (String name :
        new String[] {"Rounds", "Members", "Statements", "Model", "Charter", "Audit"}) {
      page.keyboard().press("Tab");
      page.keyboard().press("Enter");
      assertThat(page.locator("h1")).hasText(name);
      assertThat(page.locator("#nav [aria-current]")).containsText(name);
    }
  }

  @Test
  void showsWhereTheFocusIs() {
    at("rounds/1");
    for (int each = 0; each < 25; each++) {
      page.keyboard().press("Tab");
      String outline =
          (String)
              page.evaluate(
                  "() => { const style = getComputedStyle(document.activeElement);"
                      + " return style.outlineStyle + style.outlineWidth; }");
      assertThat(outline).isEqualTo("solid2px");
    }
  }

  @Test
  void explainsAWordAndPutsTheExplanationAway() {
    at("charter");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("What is a charter?"))
        .focus();

    page.keyboard().press("Enter");
    assertThat(page.locator("#explained")).containsText("What the members signed up to");
    page.keyboard().press("Escape");

    assertThat(page.locator("#explained")).hasCount(0);
    assertThat(
            page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("What is a charter?")))
        .isFocused();
  }

  @Test
  void unfoldsTheMenuOfANarrowWindow() {
    page.setViewportSize(400, 800);
    at("");
    assertThat(page.locator("#nav")).isHidden();

    page.locator(".fold").focus();
    page.keyboard().press("Enter");
    page.locator("#nav").getByText("Members").click();

    assertThat(page.locator("h1")).hasText("Members");
    assertThat(page.locator("#nav")).isHidden();
  }

  @Test
  void keepsTheFocusWhenNewsArrive() {
    at("statements");
    page.getByLabel("Round").focus();
    page.keyboard().type("1");
    node.changed((path, answer) -> path.equals("/status") ? answer.put("position", 150) : answer);

    node.news();

    assertThat(page.locator(".foot")).containsText("150 entries read");
    assertThat(page.getByLabel("Round")).isFocused();
    assertThat(page.getByLabel("Round")).hasValue("1");
  }

  @Test
  void remembersTheThemeThatWasChosen() {
    at("");
    page.getByLabel("Use the light theme").click();
    assertThat(page.locator("html")).hasAttribute("data-theme", "light");

    page.reload();

    assertThat(page.locator("html")).hasAttribute("data-theme", "light");
    assertThat(page.getByLabel("Use the dark theme")).isVisible();
  }
}
