package org.madrigal.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Looks for what keeps people with a screen reader, a keyboard or weak eyes out. */
final class Axe {

  private static final String SCRIPT = script();

  private static final String SERIOUS =
      """
      async () => {
        const found = await axe.run(document, {resultTypes: ['violations']});
        return found.violations
          .filter(fault => fault.impact === 'serious' || fault.impact === 'critical')
          .flatMap(fault => fault.nodes.map(node => `${fault.id}: ${fault.help}: ${node.html}`));
      }
      """;

  private Axe() {}

  /** Asserts that a page has no serious fault. */
  static void assertNoSeriousFault(Page page) {
    page.evaluate(SCRIPT);
    Object faults = page.evaluate(SERIOUS);
    assertThat((List<?>) faults).as(page.url()).isEmpty();
  }

  private static String script() {
    try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
