package org.madrigal.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;

/** Ten thousand rounds. */
final class LongHistoryTest extends RecordedCase {

  private static final int ROUNDS = 10_000;

  /** More rows than a window of this height can show, with those kept ready around it. */
  private static final int MOST_ROWS = 60;

  @Test
  void haveOnlyTheRowsInSightInTheDocument() {
    node.rounds(ROUNDS);

    at("rounds");

    Locator rows = page.locator(".rows .row");
    assertThat(row("10,000")).isVisible();
    assertThat(rows.count()).isBetween(10, MOST_ROWS);
    assertThat(page.locator("[role=table]")).hasAttribute("aria-rowcount", "10002");
    page.locator(".window").evaluate("list => list.scrollTo(0, list.scrollHeight / 2)");
    assertThat(row("5,000")).isVisible();
    assertThat(rows.count()).isBetween(10, MOST_ROWS);
    page.locator(".window").evaluate("list => list.scrollTo(0, list.scrollHeight)");
    assertThat(row("0")).isVisible();
    assertThat(rows.count()).isBetween(10, MOST_ROWS);
  }

  @Test
  void areScrolledWithTheKeyboard() {
    node.rounds(ROUNDS);
    at("rounds");
    assertThat(row("10,000")).isVisible();

    page.locator(".window").focus();
    page.keyboard().press("End");

    assertThat(row("0")).isVisible();
  }

  @Test
  void areReachedByTheirNumber() {
    node.rounds(ROUNDS);
    at("rounds");

    page.getByLabel("Go to round").fill("7342");
    page.keyboard().press("Enter");

    assertThat(page.locator("h1")).hasText("Round 7,342");
  }

  @Test
  void areABarRatherThanTenThousandCells() {
    node.rounds(ROUNDS);

    at("");

    assertThat(page.locator(".progress")).hasAttribute("aria-valuenow", "10000");
    assertThat(page.locator(".strip > *").count()).isOne();
    assertThat((int) page.evaluate("() => document.querySelectorAll('*').length")).isLessThan(2500);
  }

  private Locator row(String round) {
    return page.locator(".rows .row a[href^='#/rounds/']").getByText(round, exactly());
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }
}
