package org.madrigal.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs command lines inside the test's own process. */
public final class Cli {

  private Cli() {}

  /**
   * What a command line came to.
   *
   * @param exit the exit code
   * @param out what it wrote to stdout
   * @param err what it wrote to stderr
   */
  public record Result(int exit, String out, String err) {

    /** The one line of JSON on stdout. */
    public JsonNode json() {
      if (out.lines().count() != 1) {
        throw new AssertionError("One line of JSON was expected on stdout, not: " + out);
      }
      try {
        return new ObjectMapper().readTree(out);
      } catch (JsonProcessingException e) {
        throw new AssertionError("JSON was expected on stdout, not: " + out, e);
      }
    }
  }

  /** Runs {@code madrigal} with these arguments. */
  public static Result run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    return new Result(commandLine.execute(words), out.toString(), err.toString());
  }
}
