package org.madrigal.app.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.madrigal.app.cli.Output;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.trainer.Evaluation;

/** Tells the demo's story: in colours on a terminal, in plain lines elsewhere. */
final class DemoScreen {

  private static final int BAR = 15;
  private static final int LABEL = BAR + 14;
  private static final int CELL = 12;
  private static final String BOLD = "\u001b[1m";
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintWriter out;
  private final boolean terminal;
  private boolean drawn;

  private DemoScreen(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** The screen of this process. */
  static DemoScreen on(Output output) {
    boolean watched =
        Optional.ofNullable(System.console()).filter(console -> console.isTerminal()).isPresent();
    return new DemoScreen(output.progress(), watched && !output.json());
  }

  /** A screen that is a terminal or not, as given. */
  static DemoScreen on(PrintWriter out, boolean terminal) {
    return new DemoScreen(out, terminal);
  }

  /** A heading. */
  void act(String title) {
    line("");
    line(coloured(BOLD, title));
  }

  /** A line that stays. */
  void line(String text) {
    out.print(drawn ? "\r\u001b[K" : "");
    out.println(text);
    out.flush();
    drawn = false;
  }

  /** A line that is good news. */
  void good(String text) {
    line(coloured(GREEN, text));
  }

  /** A line that is bad news. */
  void bad(String text) {
    line(coloured(RED, text));
  }

  /** A line that must not be overlooked. */
  void warning(String text) {
    line(coloured(YELLOW, text));
  }

  /** A line that the next one replaces; nothing where lines cannot be replaced. */
  void passing(String text) {
    if (terminal) {
      out.print("\r\u001b[K" + text);
      out.flush();
      drawn = true;
    }
  }

  /** The heading of the table of rounds. */
  void columns(Collection<MemberId> members) {
    List<String> names = new ArrayList<>(members.stream().map(MemberId::value).toList());
    names.add("mean");
    names.add("all rows");
    line(row("accuracy on test rows", names));
  }

  /** A row that says what each hospital reaches without the others. */
  void alone(String where, SortedMap<MemberId, Evaluation> evaluations) {
    line(row(where, cells(evaluations)));
  }

  /** A row of the table: the model of a round. */
  void round(
      int round, int all, SortedMap<MemberId, Evaluation> members, Optional<Evaluation> pooled) {
    int filled = BAR * round / all;
    String bar =
        terminal
            ? "█".repeat(filled) + "░".repeat(BAR - filled)
            : "#".repeat(filled) + ".".repeat(BAR - filled);
    List<String> cells = new ArrayList<>(cells(members));
    pooled.map(DemoScreen::accuracy).ifPresent(cells::add);
    line(row(String.format(Locale.ROOT, "round %3d/%-3d %s", round, all, bar), cells));
  }

  private static List<String> cells(SortedMap<MemberId, Evaluation> evaluations) {
    List<String> cells = new ArrayList<>();
    for (Map.Entry<MemberId, Evaluation> each : evaluations.entrySet()) {
      cells.add(accuracy(each.getValue()));
    }
    double mean =
        evaluations.values().stream()
            .mapToDouble(each -> each.accuracy().orElse(Double.NaN))
            .average()
            .orElse(Double.NaN);
    cells.add(decimals(mean));
    return cells;
  }

  private static String accuracy(Evaluation evaluation) {
    return decimals(evaluation.accuracy().orElse(Double.NaN));
  }

  private static String decimals(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String row(String label, List<String> cells) {
    String padded = label + " ".repeat(Math.max(0, LABEL - label.length()));
    return cells.stream()
        .map(cell -> " ".repeat(Math.max(1, CELL - cell.length())) + cell)
        .collect(Collectors.joining("", padded, ""));
  }

  private String coloured(String colour, String text) {
    return terminal ? colour + text + PLAIN : text;
  }
}
