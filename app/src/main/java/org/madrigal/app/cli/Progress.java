package org.madrigal.app.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/** Tells how far something is: a bar that is redrawn on a terminal, plain lines elsewhere. */
public final class Progress {

  private static final int WIDTH = 24;

  private final PrintWriter out;
  private final boolean terminal;
  private boolean drawn;

  private Progress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Progress of the process that a person may be watching. */
  public static Progress on(Output output) {
    return new Progress(output.progress(), !output.json() && onTerminal());
  }

  private static boolean onTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /** Progress on a terminal or not, as given. */
  public static Progress on(PrintWriter out, boolean terminal) {
    return new Progress(out, terminal);
  }

  /**
   * Shows that {@code done} of {@code all} are done.
   *
   * @param what what happened last, in a few words
   */
  public void show(long done, long all, String what) {
    if (!terminal) {
      out.println("%d/%d %s".formatted(done, all, what));
      out.flush();
      return;
    }
    int filled = all == 0 ? WIDTH : (int) Math.min(WIDTH, WIDTH * done / all);
    String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
    out.print("\r\u001b[K%s %d/%d %s".formatted(bar, done, all, what));
    out.flush();
    drawn = true;
  }

  /** Prints a line that stays, above the bar where there is one. */
  public void line(String text) {
    out.print(drawn ? "\r\u001b[K" : "");
    out.println(text);
    out.flush();
    drawn = false;
  }

  /** Ends the bar, so that what follows begins on a line of its own. */
  public void end() {
    if (drawn) {
      out.println();
      out.flush();
      drawn = false;
    }
  }
}
