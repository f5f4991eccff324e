package org.madrigal.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures and prints tables in Markdown: {@code replay}, {@code append}, {@code round}, {@code
 * memory}, {@code startup}, {@code masks}, {@code first-mask}, {@code masking}, {@code
 * masking-large}, {@code opening}, {@code masked-round}, {@code masked-round-large}, {@code chain},
 * {@code chain-round}, or all of them. The property {@code madrigal.root} names the folder of the
 * launcher.
 */
public final class Main {

  private static final List<String> ALL =
      List.of(
          "replay",
          "append",
          "round",
          "memory",
          "startup",
          "masks",
          "first-mask",
          "masking",
          "masking-large",
          "opening",
          "masked-round",
          "masked-round-large",
          "chain",
          "chain-round");

  private Main() {}

  /**
   * Prints the named tables, or all; after {@code --write FILE} into their places in a document.
   */
  public static void main(String[] arguments)
      throws IOException, RunnerException, InterruptedException {
    List<String> wanted = new ArrayList<>(List.of(arguments));
    Optional<Path> document = Optional.empty();
    if (wanted.size() >= 2 && wanted.getFirst().equals("--write")) {
      document = Optional.of(Path.of(wanted.get(1)));
      wanted.subList(0, 2).clear();
    }
    for (String name : wanted) {
      if (!ALL.contains(name)) {
        System.err.printf("There is no benchmark '%s'; choose among %s.%n", name, ALL);
        System.exit(2);
      }
    }
    for (String name : wanted.isEmpty() ? ALL : wanted) {
      String table = table(name);
      System.out.printf("%n### %s%n%n%s", name, table);
      if (document.isPresent()) {
        write(document.get(), name, table);
      }
    }
  }

  private static String table(String name)
      throws IOException, RunnerException, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      switch (name) {
        case "replay" -> jmh(ReplayBenchmark.class, "replay", "floor", out);
        case "append" -> jmh(AppendBenchmark.class, "append", "raw", out);
        case "round" -> RoundCost.print(out);
        case "startup" -> StartUp.print(Path.of(System.getProperty("madrigal.root", ".")), out);
        case "masks" -> jmh(MaskBenchmark.class, "masked", "stream", out);
        case "first-mask" -> FirstMask.print(out);
        case "masking" -> SecureAggregationCost.printMasking(out, false);
        case "masking-large" -> SecureAggregationCost.printMasking(out, true);
        case "masked-round" -> MaskedRoundCost.print(out);
        case "masked-round-large" -> MaskedRoundCost.printLarge(out);
        case "chain" -> ChainThroughput.print(out);
        case "chain-round" -> ChainRounds.print(out);
        case "opening" -> SecureAggregationCost.printOpening(out);
        default -> ReplayMemory.print(out);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Puts {@code table} between the marks that {@code document} has for it. */
  private static void write(Path document, String name, String table) throws IOException {
    String text = Files.readString(document);
    String begin = "<!-- begin bench %s -->".formatted(name);
    String end = "<!-- end bench %s -->".formatted(name);
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      System.err.printf("%s has no lines '%s' and '%s'; add them.%n", document, begin, end);
      System.exit(2);
    }
    Files.writeString(
        document,
        text.substring(0, from + begin.length()) + "\n\n" + table + "\n" + text.substring(to));
  }

  /** Prints the ratio of two benchmarks of one class for each set of parameters. */
  private static void jmh(Class<?> benchmark, String ours, String floor, PrintStream out)
      throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("^\\Q" + benchmark.getName() + "\\E\\.")
                    .verbosity(VerboseMode.SILENT)
                    .jvmArgsAppend("-XX:+UseSerialGC", "-Xmx3g")
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
