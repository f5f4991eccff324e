package org.madrigal.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What starting the command line costs: whole processes seen from outside, in turns, with and
 * without the cache of loaded classes, beside a JVM that does nothing. The shell's {@code time}
 * counts the processor time of a command with all that it starts.
 */
final class StartUp {

  private static final int RUNS = 15;

  private final Path root;
  private final List<Start> starts = new ArrayList<>();

  /** A command, and what its lines in the table are called. */
  private record Start(String name, List<String> command, List<Times> times) {}

  /** What one process took, in milliseconds. */
  private record Times(double elapsed, double processor) {}

  /**
   * The commands to start.
   *
   * @param root the folder of the launcher
   */
  private StartUp(Path root) {
    this.root = root;
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    add(
        "a JVM that does nothing",
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Nothing.class.getName()));
    for (String arguments : List.of("--version", "--help", "audit --help")) {
      List<String> launcher = new ArrayList<>(List.of("./madrigal"));
      launcher.addAll(List.of(arguments.split(" ")));
      add("`madrigal %s`".formatted(arguments), launcher);
      List<String> without = new ArrayList<>(List.of("env", "MADRIGAL_JAVA_OPTS=-XX:AOTMode=off"));
      without.addAll(launcher);
      add("the same without the cache", without);
    }
  }

  private void add(String name, List<String> command) {
    starts.add(new Start(name, command, new ArrayList<>()));
  }

  /** Starts everything {@link #RUNS} times; the launcher in {@code root} was built before. */
  static void print(Path root, PrintStream out) throws IOException, InterruptedException {
    StartUp startUp = new StartUp(root);
    for (Start start : startUp.starts) {
      startUp.time(start.command());
    }
    for (int run = 0; run < RUNS; run++) {
      for (Start start : startUp.starts) {
        start.times().add(startUp.time(start.command()));
      }
    }
    double floor = median(startUp.starts.getFirst(), Times::processor);
    out.println("| start of | ms CPU | ratio | ms elapsed |");
    out.println("|---|---:|---:|---:|");
    for (Start start : startUp.starts) {
      double processor = median(start, Times::processor);
      out.printf(
          "| %s | %.0f | %.1f | %.0f |%n",
          start.name(), processor, processor / floor, median(start, Times::elapsed));
    }
  }

  private Times time(List<String> command) throws IOException, InterruptedException {
    List<String> shell =
        new ArrayList<>(
            List.of("bash", "-c", "TIMEFORMAT='%R %U %S'; time \"$@\" >/dev/null 2>&1", "bash"));
    shell.addAll(command);
    Process process =
        new ProcessBuilder(shell).directory(root.toFile()).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("%s failed: %s".formatted(command, said));
    }
    double[] seconds = Arrays.stream(said.split(" ")).mapToDouble(Double::parseDouble).toArray();
    return new Times(1000 * seconds[0], 1000 * (seconds[1] + seconds[2]));
  }

  private static double median(Start start, ToDoubleFunction<Times> kind) {
    double[] sorted = start.times().stream().mapToDouble(kind).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
