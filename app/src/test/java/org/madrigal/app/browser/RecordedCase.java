package org.madrigal.app.browser;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.madrigal.app.browser.Browsing.Theme;

/** A window on a recorded node, closed after each test; nothing may have gone wrong in it. */
@Tag("browser")
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before each
abstract class RecordedCase {

  private Browsing browsing;

  /** The window. */
  Page page;

  /** What it sees. */
  RecordedNode node;

  @BeforeAll
  void start() {
    browsing = Browsing.start();
  }

  @BeforeEach
  void open() {
    page = browsing.window(Theme.DARK, 1280);
    node = new RecordedNode().serve(page);
  }

  @AfterEach
  void leave() {
    node.leave(page);
    browsing.assertNoFaults();
  }

  @AfterAll
  void stop() {
    browsing.close();
  }

  /** Opens a page of the dashboard. */
  Page at(String path) {
    return Browsing.at(page, RecordedNode.BASE, path);
  }
}
