package org.madrigal.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.madrigal.app.browser.Browsing.Theme;

/** Every page, in both themes, from a telephone to a wall. */
@Tag("browser")
@SuppressWarnings("NullAway.Init") // set before all
final class PagesTest {

  private static final List<String> PATHS =
      List.of(
          "",
          "rounds",
          "rounds/1",
          "members",
          "members/alder",
          "statements",
          "statements/23",
          "model",
          "charter",
          "audit");

  private static Browsing browsing;

  @BeforeAll
  static void start() {
    browsing = Browsing.start();
  }

  @AfterAll
  static void stop() {
    browsing.close();
  }

  @TestFactory
  Stream<DynamicTest> haveNoSeriousFaultAndNeverScrollSideways() {
    return Stream.of(Theme.values())
        .flatMap(theme ->
            PATHS.stream()
                .map(path ->
                    DynamicTest.dynamicTest(
                        path + " " + theme.attribute(), () -> look(path, theme))));
  }

  private static void look(String path, Theme theme) {
    Page page = browsing.window(theme, 1600);
    RecordedNode node = new RecordedNode().rounds(12).serve(page);
    Browsing.at(page, RecordedNode.BASE, path);
    assertThat(page.getAttribute("html", "data-theme")).isEqualTo(theme.attribute());
    Axe.assertNoSeriousFault(page);
    for (int width : List.of(1600, 1024, 400)) {
      page.setViewportSize(width, 1000);
      assertThat(overhang(page)).as(path + " at " + width).isZero();
    }
    Axe.assertNoSeriousFault(page);
    browsing.assertNoFaults();
    node.leave(page);
  }

  private static int overhang(Page page) {
    return (int)
        page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }
}
