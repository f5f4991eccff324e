package org.madrigal.app.simulate;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Json;
import org.madrigal.app.cli.Output;
import org.madrigal.app.cli.Progress;
import org.madrigal.simulation.Campaign;
import org.madrigal.simulation.Report;
import org.madrigal.simulation.Seeds;
import org.madrigal.simulation.Totals;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simulate-faults}: whole federations in which everything goes wrong. */
@Command(
    name = "simulate-faults",
    mixinStandardHelpOptions = true,
    description = {
      "Try to break Madrigal: whole federations with faults and adversaries, from seeds.",
      "",
      "Each seed is a federation of 3 to 8 real nodes in one thread, on a simulated ledger, disk,"
          + " clock and trainer. Power fails, disks fill up, bits flip, networks part, the ledger"
          + " re-orders, members lie. After every event the promises of the architecture are checked."
          + " Each seed is played twice; both runs must be the same."
    },
    footer = {
      "",
      "Examples:",
      "  madrigal simulate-faults --seeds 1..1000",
      "  madrigal simulate-faults --trace 42",
      "",
      "Exit codes: 0 every promise was kept, 2 wrong command line, 21 one was broken."
    })
public final class SimulateFaultsCommand implements Callable<Integer> {

  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18}))?");

  private static final long STEPS = 100;

  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private What what;

  /** What to play. */
  static final class What {
    @Option(
        names = "--seeds",
        paramLabel = "A..B",
        description = "Play the seeds A to B, or one seed.")
    private @Nullable String seeds;

    @Option(
        names = "--trace",
        paramLabel = "SEED",
        description = "Play one seed once, and print what happens: when, who, what.")
    private @Nullable Long traced;
  }

  @Option(names = "--keep-going", description = "Play all seeds, also after a promise was broken.")
  private boolean keepGoing;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "How many federations at once (default: one for each processor).")
  private @Nullable Integer jobs;

  /** Filled in by picocli. */
  public SimulateFaultsCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    if (what.traced != null) {
      return trace(what.traced);
    }
    Matcher range = RANGE.matcher(String.valueOf(what.seeds));
    if (!range.matches()) {
      throw wrong("--seeds is one number or two, such as 1..1000, not '%s'.".formatted(what.seeds));
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
    if (last < first) {
      throw wrong(
          "--seeds goes from a lower number to a higher one, not '%s'.".formatted(what.seeds));
    }
    Progress progress = Progress.on(output);
    long[] done = new long[1];
    Totals totals =
        new Campaign(first, last, keepGoing, report -> show(progress, ++done[0], last - first + 1))
            .run(threads());
    progress.end();
    output.result(json(totals), out -> print(totals, out));
    return end(totals.violations().isEmpty());
  }

  private static void show(Progress progress, long done, long all) {
    if (done == all || done % Math.max(1, all / STEPS) == 0) {
      progress.show(done, all, "seeds");
    }
  }

  private int threads() {
    int wanted = jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
    if (wanted < 1) {
      throw wrong("--jobs is 1 or more, not %d.".formatted(wanted));
    }
    return wanted;
  }

  private int trace(long seed) {
    Report report = Seeds.trace(seed);
    output.result(
        Json.object()
            .put("seed", seed)
            .put("trace", report.lines())
            .put("digest", report.trace().hex())
            .put("violation", report.violation().orElse(null))
            .map(),
        out -> {
          report.lines().forEach(out::println);
          out.println(report.violation().map(broken -> "BROKEN: " + broken).orElse("kept"));
        });
    return end(report.violation().isEmpty());
  }

  private static int end(boolean kept) {
    return (kept ? ExitCode.OK : ExitCode.VIOLATION).code();
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private static void print(Totals totals, PrintWriter out) {
    for (Report broken : totals.violations()) {
      out.println("Seed %d: %s".formatted(broken.seed(), broken.violation().orElseThrow()));
      out.println("  " + broken.scenario());
      out.println("  madrigal simulate-faults --trace " + broken.seed());
    }
    out.println("| what | how often |");
    out.println("|---|---:|");
    row(out, "seeds, each played twice", totals.seeds());
    row(out, "rounds that gave a model", totals.rounds());
    row(out, "events", totals.events());
    totals.counts().forEach((kind, count) -> row(out, kind, count));
    row(out, "broken promises", totals.violations().size());
  }

  private static void row(PrintWriter out, String kind, long count) {
    out.println("| %s | %,d |".formatted(kind, count));
  }

  private static Map<String, ?> json(Totals totals) {
    List<Map<String, ?>> broken = new ArrayList<>();
    for (Report report : totals.violations()) {
      broken.add(
          Json.object()
              .put("seed", report.seed())
              .put("violation", report.violation().orElseThrow())
              .put("scenario", report.scenario())
              .map());
    }
    return Json.object()
        .put("seeds", totals.seeds())
        .put("rounds", totals.rounds())
        .put("events", totals.events())
        .put("counts", totals.counts())
        .put("violations", broken)
        .map();
  }
}
