package org.madrigal.app.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.madrigal.app.yaml.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What happens when a command line is wrong or a command fails: one sentence and an exit code. */
public final class Handlers {

  private Handlers() {}

  /**
   * Gives {@code root} and its subcommands these manners.
   *
   * @param debug whether stack traces are wanted after all
   */
  public static CommandLine install(CommandLine root, BooleanSupplier debug) {
    root.registerConverter(int.class, text -> number(text, Integer::valueOf, "a whole number"));
    root.registerConverter(Integer.class, text -> number(text, Integer::valueOf, "a whole number"));
    root.registerConverter(long.class, text -> number(text, Long::valueOf, "a whole number"));
    root.registerConverter(Long.class, text -> number(text, Long::valueOf, "a whole number"));
    root.registerConverter(Double.class, text -> number(text, Double::valueOf, "a number"));
    root.setParameterExceptionHandler(Handlers::wrongCommandLine);
    root.setExecutionExceptionHandler((exception, command, parsed) -> {
      boolean json =
          command.getParseResult() != null && command.getParseResult().hasMatchedOption("--json");
      return failed(exception, command, json, debug.getAsBoolean());
    });
    return root;
  }

  private static <T> T number(String text, Function<String, T> parser, String expected) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "'%s' is not %s, or too large for one".formatted(text, expected));
    }
  }

  private static int wrongCommandLine(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    StringBuilder sentence = new StringBuilder();
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String typed = unmatched.getUnmatched().getFirst();
      sentence.append(unmatched(command, typed));
      suggestion(command, typed)
          .ifPresent(known -> sentence.append(" Did you mean '").append(known).append("'?"));
    } else {
      sentence.append(withFullStop(String.valueOf(e.getMessage())));
    }
    sentence.append(" Try '").append(name).append(" --help'.");
    tell(command, ExitCode.USAGE, sentence.toString(), Arrays.asList(arguments).contains("--json"));
    return ExitCode.USAGE.code();
  }

  private static String unmatched(CommandLine command, String typed) {
    if (typed.startsWith("-")) {
      return "There is no option '%s'.".formatted(typed);
    }
    return command.getSubcommands().isEmpty()
        ? "'%s' is one argument too many.".formatted(typed)
        : "There is no command '%s'.".formatted(typed);
  }

  private static Optional<String> suggestion(CommandLine command, String typed) {
    List<String> known = new ArrayList<>();
    if (typed.startsWith("-")) {
      command.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
    } else {
      known.addAll(command.getSubcommands().keySet());
    }
    return Nearest.to(typed.split("=", 2)[0], known);
  }

  private static int failed(Exception e, CommandLine command, boolean json, boolean debug) {
    if (debug) {
      e.printStackTrace(command.getErr());
    }
    Optional<Failure> failure = Failures.of(e);
    if (failure.isPresent()) {
      ExitCode exitCode = failure.get().exitCode();
      tell(command, exitCode, failure.get().sentence(), json);
      return exitCode.code();
    }
    String where = Reports.write(command.getCommandSpec().qualifiedName(), e);
    tell(command, ExitCode.BUG, "Madrigal has a defect: %s. %s".formatted(e, where), json);
    return ExitCode.BUG.code();
  }

  private static void tell(CommandLine command, ExitCode exitCode, String sentence, boolean json) {
    PrintWriter err = command.getErr();
    err.println("madrigal: " + sentence);
    err.flush();
    if (json) {
      PrintWriter out = command.getOut();
      out.println(
          Output.line(
              Json.object()
                  .put("error", exitCode.label())
                  .put("exit", exitCode.code())
                  .put("message", sentence)
                  .map()));
      out.flush();
    }
  }

  private static String withFullStop(String message) {
    String line = message.replaceAll("\\s*\\R\\s*", " ").replaceFirst("^Error: ", "").strip();
    return line.endsWith(".") || line.endsWith("?") ? line : line + ".";
  }
}
