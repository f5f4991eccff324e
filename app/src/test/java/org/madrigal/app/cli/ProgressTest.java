package org.madrigal.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final StringWriter text = new StringWriter();

  @Test
  void printsPlainLinesAwayFromATerminal() {
    Progress progress = Progress.on(new PrintWriter(text), false);

    progress.show(1, 2, "north");
    progress.line("remark");
    progress.show(2, 2, "south");
    progress.end();

    assertThat(text.toString().lines()).containsExactly("1/2 north", "remark", "2/2 south");
  }

  @Test
  void redrawsABarOnATerminal() {
    Progress progress = Progress.on(new PrintWriter(text), true);

    progress.show(1, 2, "north");
    progress.show(2, 2, "south");
    progress.end();

    assertThat(text.toString())
        .startsWith("\r\u001b[K" + "█".repeat(12) + "░".repeat(12) + " 1/2 north\r")
        .endsWith("█ 2/2 south" + System.lineSeparator());
  }
}
