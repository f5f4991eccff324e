package org.madrigal.core.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spin, which visits every state of a model in Promela. It writes a checker in C, which the
 * system's compiler makes a program of; all in a folder of its own.
 */
final class ModelChecker {

  private static final String SPIN =
      Optional.ofNullable(System.getenv("MADRIGAL_SPIN")).orElse("spin");
  private static final int PATIENCE_SECONDS = 300;

  private static final Pattern ERRORS = Pattern.compile("errors: (\\d+)");
  private static final Pattern STATES = Pattern.compile("(\\d+) states, stored");
  private static final Pattern SAID = Pattern.compile("(broken|reached):\\s+(\\S.*\\S)");

  private final Path folder;
  private final List<String> definitions;

  /** Checks a copy of {@code model} in {@code folder}, with macros such as {@code N=4}. */
  ModelChecker(Path model, Path folder, List<String> definitions) {
    this.folder = folder;
    this.definitions = definitions.stream().map("-D"::concat).toList();
    try {
      Files.copy(model, folder.resolve("model.pml"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a search found. */
  sealed interface Result {}

  /**
   * Every state was visited and nothing is wrong.
   *
   * @param states how many
   */
  record Holds(long states) implements Result {}

  /**
   * Something is wrong.
   *
   * @param what as the model says it, or Spin
   * @param steps the way there
   */
  record Refused(String what, String steps) implements Result {}

  /** Looks for a broken assertion, and for a state in which nothing happens any more. */
  Result assertions() {
    return search(List.of("-DSAFETY"), List.of());
  }

  /** Looks for a way to go on without end. */
  Result cycles() {
    return search(List.of("-DNP"), List.of("-l"));
  }

  private Result search(List<String> kind, List<String> options) {
    run(command(List.of(SPIN), definitions, List.of("-a", "model.pml")));
    // Exact, with whole states that are stored in parts; never a hash for a state.
    List<String> memory = List.of("-DCOLLAPSE", "-DNOFAIR", "-DMEMLIM=3000");
    run(command(List.of("cc", "-O1", "-w"), kind, memory, List.of("-o", "pan", "pan.c")));
    String found =
        run(command(List.of(folder.resolve("pan").toString(), "-m100000"), options, List.of()));
    return number(ERRORS, found) == 0 ? complete(found) : refused(found);
  }

  private static Holds complete(String found) {
    if (found.contains("Search not completed") || found.contains("max search depth too small")) {
      throw new IllegalStateException("Not all states were visited:\n" + found);
    }
    return new Holds(number(STATES, found));
  }

  private Refused refused(String found) {
    String steps = run(command(List.of(SPIN), definitions, List.of("-t", "-p", "model.pml")));
    Matcher said =
        SAID.matcher(run(command(List.of(SPIN), definitions, List.of("-t", "model.pml"))));
    if (said.find()) {
      return new Refused(said.group(2), steps);
    }
    String first = found.lines().findFirst().orElse("");
    return new Refused(first.replaceAll("^pan:1: | \\(at depth.*", ""), steps);
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("Spin says nothing of '%s':\n%s".formatted(pattern, text));
    }
    return Long.parseLong(matcher.group(1));
  }

  @SafeVarargs
  private static List<String> command(List<String>... parts) {
    List<String> command = new ArrayList<>();
    for (List<String> part : parts) {
      command.addAll(part);
    }
    return command;
  }

  /** The output of a program that must end well. */
  private String run(List<String> command) {
    Path output = folder.resolve("output");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new IllegalStateException("%s does not end".formatted(command));
        }
      } finally {
        process.destroyForcibly();
      }
      String said = Files.readString(output, StandardCharsets.ISO_8859_1);
      if (process.exitValue() != 0) {
        throw new IllegalStateException(
            "%s ended with %d:\n%s".formatted(command, process.exitValue(), said));
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The model cannot be checked without Spin and a C compiler: install the packages spin and"
              + " gcc, or name Spin in MADRIGAL_SPIN",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted in " + command, e);
    }
  }
}
