package org.madrigal.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The mixin of every command with output: for people by default; with {@code --json} stdout carries
 * exactly one line of JSON, and everything else goes to stderr.
 */
public final class Output {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Option(
      names = "--json",
      description = "Print one line of JSON on stdout and nothing else; progress goes to stderr.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  /** Filled in by picocli. */
  public Output() {}

  /** Whether JSON was asked for. */
  public boolean json() {
    return json;
  }

  /** Where progress and remarks go: stdout for people, stderr where stdout carries JSON. */
  public PrintWriter progress() {
    return json ? errors() : mixee.commandLine().getOut();
  }

  /** Where warnings go: stderr. */
  public PrintWriter errors() {
    return mixee.commandLine().getErr();
  }

  /** Prints a line of progress. */
  public void say(String line) {
    progress().println(line);
    progress().flush();
  }

  /** Prints a warning on stderr. */
  public void warn(String sentence) {
    errors().println("Warning: " + sentence);
    errors().flush();
  }

  /**
   * Prints the result, in one of its two forms.
   *
   * @param object the result as JSON: maps, lists, texts, numbers, booleans and nulls
   * @param people writes it for people
   */
  public void result(Map<String, ?> object, Consumer<PrintWriter> people) {
    PrintWriter out = mixee.commandLine().getOut();
    if (json) {
      out.println(line(object));
    } else {
      people.accept(out);
    }
    out.flush();
  }

  /** The one line of JSON for {@code object}; NaN and infinities must have become null before. */
  public static String line(Map<String, ?> object) {
    try {
      return MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain values always become JSON", e);
    }
  }
}
