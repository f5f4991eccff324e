package org.madrigal.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.madrigal.core.crypto.Mask;
import org.madrigal.core.crypto.Masks;
import org.madrigal.core.crypto.Purpose;
import org.madrigal.core.crypto.Secret;

/**
 * How much slower the first mask of a process is than its later ones, with and without warming up
 * before: each in a JVM of its own.
 */
public final class FirstMask {

  private static final int PARAMETERS = 1_000_000;
  private static final int LATER = 400;

  private FirstMask() {}

  /** Prints one row; the argument is {@code cold} or {@code warm}. */
  public static void main(String[] arguments) {
    boolean warm = List.of(arguments).equals(List.of("warm"));
    double warming = warm ? millis(Masks::warmUp) : 0;
    Random random = new Random(1);
    int[] words = new int[PARAMETERS];
    double[] each = new double[1 + LATER];
    for (int i = 0; i < each.length; i++) {
      Mask mask = new Mask(Secret.draw(32, random), Purpose.of("madrigal/bench/1"), Mask.Sign.ADD);
      each[i] = millis(() -> new Masks().apply(words, List.of(mask)));
    }
    double[] later = Arrays.copyOfRange(each, LATER / 2, each.length);
    Arrays.sort(later);
    double usual = later[later.length / 2];
    System.out.printf(
        "| %s | %.0f | %.2f | %.2f | %.0f |%n",
        warm ? "yes" : "no", warming, each[0], usual, each[0] / usual);
  }

  static void print(PrintStream out) throws IOException {
    out.println("| warmed up | for, ms | first mask, ms | later ones, ms | ratio |");
    out.println("|---|---:|---:|---:|---:|");
    for (String start : List.of("cold", "warm")) {
      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  FirstMask.class.getName(),
                  start)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      out.print(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Of the thread's processor time. */
  private static double millis(Runnable run) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    run.run();
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
  }
}
