package org.madrigal.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.app.Cli;
import org.madrigal.app.browser.Browsing.Theme;
import org.madrigal.app.fixture.Federation;
import org.madrigal.app.fixture.SecretFederation;
import org.madrigal.app.process.Launched;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Statement;

/** The built program shows real ledgers: one that grows, one that keeps secrets, a broken one. */
@Tag("browser")
@SuppressWarnings("NullAway.Init") // set before all
final class RealLedgersTest {

  private static Browsing browsing;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    browsing = Browsing.start();
  }

  @AfterAll
  static void stop() {
    browsing.assertNoFaults();
    browsing.close();
  }

  @Test
  void aTrainingIsFollowedWithoutLoadingAnew() {
    Path ledger = folder.resolve("ledger");
    try (Federation hospitals = Federation.hospitals(ledger, 3)) {
      hospitals.step();
      hospitals.step();
      Page page = browsing.window(Theme.DARK, 1280);
      try (RealDashboard dashboard = RealDashboard.of(ledger)) {
        Browsing.at(page, dashboard.base(), "");
        assertThat(page.locator("h1")).hasText("Four hospitals");
        assertThat(page.locator(".connection")).hasText("Live");
        page.evaluate("() => { window.loaded = 'once'; }");

        hospitals.run();

        assertThat(page.locator(".now .pill")).hasText("Finished");
        assertThat(page.locator(".progress")).hasAttribute("aria-valuenow", "3");
        assertThat(page.locator(".foot"))
            .containsText(hospitals.head().position() + " entries read");
        assertThat(page.evaluate("() => window.loaded")).isEqualTo("once");
        page.locator("#nav").getByText("Audit").click();
        assertThat(page.locator(".note.good")).containsText("entries are sound");
        assertThat(page.locator("main")).containsText(hospitals.head().toString());
      } finally {
        page.context().close();
      }
    }
  }

  @Test
  void aRejectedStatementIsFoundWithItsReason() {
    Path ledger = folder.resolve("ledger");
    try (Federation hospitals = Federation.hospitals(ledger, 1).run()) {
      hospitals.say(new MemberId("va"), new Statement.Enrolment(hospitals.ledger()));
      Page page = browsing.window(Theme.LIGHT, 1280);
      try (RealDashboard dashboard = RealDashboard.of(ledger)) {
        Browsing.at(page, dashboard.base(), "statements?rejected=true");

        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.locator("tr.rejected")).containsText("Rejected:");
        page.locator("tr.rejected a").first().click();
        assertThat(page.locator(".titled .pill")).hasText("Rejected");
        assertThat(page.locator("h1"))
            .hasText("Statement " + (hospitals.head().position().value() - 1));
        Browsing.picture(page, "real-rejected", Theme.LIGHT);
      } finally {
        page.context().close();
      }
    }
  }

  @Test
  void theModelAnswersOrSaysWhatIsWrongWithARow() {
    Path ledger = folder.resolve("ledger");
    Federation.unscaled(ledger).run().close();
    Page page = browsing.window(Theme.DARK, 1280);
    try (RealDashboard dashboard = RealDashboard.of(ledger)) {
      Browsing.at(page, dashboard.base(), "model");
      page.locator("#column-0").fill("old");
      page.locator("#column-1").selectOption("male");
      predict(page);
      assertThat(page.locator(".predict .wrong")).containsText("age");

      page.locator("#column-0").fill("63");
      predict(page);

      assertThat(page.locator(".answer b").first()).containsText("%");
      assertThat(page.locator(".predict .wrong")).hasText("");
    } finally {
      page.context().close();
    }
  }

  private static void predict(Page page) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Predict").setExact(true))
        .click();
  }

  @Test
  void aMaskedUpdateIsNoiseAndItsSumIsSeenWithAKeyOnly() throws IOException, InterruptedException {
    SecretFederation hospitals = SecretFederation.trained(folder, "masked");
    Page page = browsing.window(Theme.DARK, 1280);
    try (RealDashboard stranger = RealDashboard.of(hospitals.ledger())) {
      Browsing.at(page, stranger.base(), "rounds/2");
      assertThat(page.locator(".histogram.noise")).hasCount(1);
      assertThat(page.locator(".histogram.sum")).hasCount(0);
      assertThat(page.locator(".contrast")).containsText("The sum is closed to this reader.");
      Browsing.at(page, stranger.base(), "model");
      assertThat(page.locator(".predicts")).containsText("This reader cannot predict.");
    }
    try (RealDashboard member =
        RealDashboard.of(hospitals.ledger(), "--key", keys(hospitals).toString())) {
      Browsing.at(page, member.base(), "rounds/2");
      assertThat(page.locator(".histogram.noise")).hasCount(1);
      assertThat(page.locator(".histogram.sum")).hasCount(1);
      assertThat(page.locator(".facts"))
          .containsText(hospitals.models().getLast().hex().substring(0, 8));
      assertThat(page.locator(".voice")).hasCount(4);
      assertThat(page.locator(".voice .dot").count())
          .isEqualTo(page.locator("table.steps tbody tr").count());
      for (Theme theme : Theme.values()) {
        gallery(member, theme);
      }
    } finally {
      page.context().close();
    }
  }

  private static Path keys(SecretFederation hospitals) {
    Path keys = hospitals.folder().resolve("granted.keys");
    Cli.Result granted =
        Cli.run(
            "key",
            "grant-audit",
            "--member",
            hospitals.member("va"),
            "--passphrase-file",
            hospitals.passphrase(),
            "--out",
            keys);
    assertThat(granted.exit()).as(granted.err()).isZero();
    return keys;
  }

  /** Every page of a real federation, for people to look at, and for axe. */
  private static void gallery(RealDashboard dashboard, Theme theme) {
    Page page = browsing.window(theme, 1440);
    for (String path :
        List.of(
            "",
            "rounds",
            "rounds/2",
            "members",
            "members/va",
            "statements",
            "statements/12",
            "model",
            "charter",
            "audit")) {
      Browsing.at(page, dashboard.base(), path);
      Axe.assertNoSeriousFault(page);
      Browsing.picture(page, path.isEmpty() ? "overview" : path.replace('/', '-'), theme);
    }
    page.context().close();
  }

  @Test
  void aFlippedByteIsNamed() throws IOException {
    Path ledger = folder.resolve("ledger");
    try (Federation hospitals = Federation.hospitals(ledger, 2)) {
      hospitals.run();
    }
    flip(ledger);
    Page page = browsing.window(Theme.DARK, 1280);
    try (RealDashboard dashboard = RealDashboard.of(ledger)) {
      Browsing.at(page, dashboard.base(), "");

      assertThat(page.locator(".note.bad")).containsText("This ledger is broken at position");
      page.getByText("What to do").click();
      assertThat(page.locator(".note.bad")).containsText("What is wrong:");
      Browsing.picture(page, "real-broken", Theme.DARK);
    } finally {
      page.context().close();
    }
  }

  /** Changes one byte in the middle of what the ledger holds. */
  private static void flip(Path ledger) throws IOException {
    Path segment = ledger.resolve("segment-00000000000000000000");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);
  }

  @Test
  void whoHasNoTokenIsAskedForOne() throws IOException {
    Path ledger = folder.resolve("ledger");
    Federation.hospitals(ledger, 1).run().close();
    Path tokens = folder.resolve("dashboard.tokens");
    String token;
    try (Launched made =
        Launched.madrigal(
            folder,
            "dashboard",
            "token",
            "new",
            "--tokens",
            tokens.toString(),
            "--name",
            "visitor",
            "--json")) {
      token = RecordedNode.json(made.end().out()).path("token").asText();
    }
    Page page = browsing.window(Theme.LIGHT, 1024);
    try (RealDashboard dashboard = RealDashboard.of(ledger, "--tokens", tokens.toString())) {
      page.navigate(dashboard.base() + "/");
      page.waitForURL(dashboard.base() + "/login");
      Axe.assertNoSeriousFault(page);
      Browsing.picture(page, "login", Theme.LIGHT);
      page.getByLabel("Token").fill("wrong");
      page.keyboard().press("Enter");
      assertThat(page.locator("#wrong")).containsText("The token is wrong");

      page.getByLabel("Token").fill(token);
      page.keyboard().press("Enter");

      assertThat(page.locator("main h1")).hasText("Four hospitals");
      assertThat(page.locator(".connection")).hasText("Live");
    } finally {
      page.context().close();
    }
  }
}
