package org.madrigal.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures and prints tables in Markdown: {@code replay}, {@code append}, {@code round}, {@code
 * memory}, or all of them.
 */
public final class Main {

  private static final List<String> ALL = List.of("replay", "append", "round", "memory");

  private Main() {}

  /** Prints the named tables, or all. */
  public static void main(String[] arguments) throws IOException, RunnerException {
    List<String> wanted = arguments.length == 0 ? ALL : List.of(arguments);
    for (String name : wanted) {
      if (!ALL.contains(name)) {
        System.err.printf("There is no benchmark '%s'; choose among %s.%n", name, ALL);
        System.exit(2);
      }
    }
    for (String name : wanted) {
      System.out.printf("%n### %s%n%n", name);
      switch (name) {
        case "replay" -> jmh(ReplayBenchmark.class, "replay", "floor", System.out);
        case "append" -> jmh(AppendBenchmark.class, "append", "raw", System.out);
        case "round" -> RoundCost.print(System.out);
        default -> ReplayMemory.print(System.out);
      }
    }
  }

  /** Prints the ratio of two benchmarks of one class for each set of parameters. */
  private static void jmh(Class<?> benchmark, String ours, String floor, PrintStream out)
      throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("^\\Q" + benchmark.getName() + "\\E\\.")
                    .verbosity(VerboseMode.SILENT)
                    .jvmArgsAppend("-Xmx3g")
                    .build())
            .run();
    out.printf("| parameters of the run | %s | %s | unit | ratio |%n", ours, floor);
    out.println("|---|---:|---:|---|---:|");
    for (RunResult result : results) {
      if (name(result).equals(ours)) {
        double own = result.getPrimaryResult().getScore();
        double other =
            score(results, r -> name(r).equals(floor) && parameters(r).equals(parameters(result)));
        out.printf(
            "| %s | %.1f | %.1f | %s | %.2f |%n",
            parameters(result), own, other, result.getPrimaryResult().getScoreUnit(), own / other);
      }
    }
  }

  private static double score(Collection<RunResult> results, Predicate<RunResult> which) {
    return results.stream().filter(which).findFirst().orElseThrow().getPrimaryResult().getScore();
  }

  private static String name(RunResult result) {
    return result.getPrimaryResult().getLabel();
  }

  private static String parameters(RunResult result) {
    return result.getParams().getParamsKeys().stream()
        .map(key -> key + " " + result.getParams().getParam(key))
        .reduce((a, b) -> a + ", " + b)
        .orElse("");
  }
}
