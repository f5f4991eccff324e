package org.madrigal.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.madrigal.app.process.Launched;

/**
 * A Chromium without a window, and what went wrong in it. It is the one that MADRIGAL_CHROMIUM
 * names: the driver may fetch none.
 */
final class Browsing implements AutoCloseable {

  private static final Path SCREENSHOTS = Launched.repository().resolve("app/target/screenshots");

  /** Long for a page, but the machines of tests are busy. */
  private static final int PATIENCE_MILLIS = 60_000;

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> faults = new CopyOnWriteArrayList<>();

  private Browsing(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Browsing start() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    Path chromium = Path.of(System.getenv().getOrDefault("MADRIGAL_CHROMIUM", "/usr/bin/chromium"));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    .setChromiumSandbox(!"root".equals(System.getProperty("user.name")))
                    .setArgs(List.of("--disable-dev-shm-usage", "--no-first-run")));
    return new Browsing(playwright, browser);
  }

  /**
   * A window of {@code width} pixels, with nothing remembered, in the theme that a system asks for.
   */
  Page window(Theme theme, int width) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, 1000)
                .setColorScheme(theme == Theme.DARK ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en-GB")
                .setTimezoneId("Europe/Berlin")
                .setIgnoreHTTPSErrors(true));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    Page page = context.newPage();
    page.onPageError(fault -> faults.add("script: " + fault));
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") && !isAnswer(message.text())) {
        faults.add("console: " + message.text());
      }
    });
    return page;
  }

  /** A refusal that the page deals with; the browser logs each. */
  private static boolean isAnswer(String text) {
    return text.startsWith("Failed to load resource:");
  }

  /** A page of the dashboard, drawn. */
  static Page at(Page page, String base, String path) {
    page.navigate(base + "/#/" + path);
    return drawn(page);
  }

  /** Waits until a page stands there whole. */
  static Page drawn(Page page) {
    page.waitForSelector("main h1");
    page.waitForFunction("() => !document.querySelector('.skeleton')");
    return page;
  }

  /** What people look at: app/target/screenshots/NAME-THEME-WIDTH.png. */
  static void picture(Page page, String name, Theme theme) {
    page.waitForFunction(
        "() => [...document.querySelectorAll('.plot')].every(plot =>"
            + " plot.querySelector('canvas'))");
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(
                SCREENSHOTS.resolve(
                    "%s-%s-%d.png".formatted(name, theme.attribute(), page.viewportSize().width)))
            .setFullPage(true));
  }

  /** Asserts that no script failed and that the content policy had nothing to refuse. */
  void assertNoFaults() {
    assertThat(faults).isEmpty();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  /** The two themes. */
  enum Theme {
    DARK,
    LIGHT;

    String attribute() {
      return this == DARK ? "dark" : "light";
    }
  }
}
