package org.madrigal.trainer.process;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A program that trains, and how it is started.
 *
 * @param command the program and its arguments; a path is absolute, a bare name is looked up in the
 *     PATH
 * @param folder its working directory and home, where it may keep what it likes; made if absent
 * @param environment what it finds in its environment beside {@link #INHERITED}
 * @param code the files that it is made of, by which it is approved; may be empty
 * @param limits of time and memory
 */
public record Program(
    List<String> command,
    Path folder,
    SortedMap<String, String> environment,
    ProgramCode code,
    Limits limits) {

  /** The variables of this process that the program gets, where they are set. */
  public static final List<String> INHERITED = List.of("PATH", "LANG", "LC_ALL", "TZ");

  private static final int MOST_SHOWN = 100;

  /** What every variable of the protocol begins with. */
  private static final String OWN = "MADRIGAL_";

  /** Refuses no command, and variables that are ours. */
  public Program {
    command = List.copyOf(command);
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw new IllegalArgumentException("A command has a program and, perhaps, arguments");
    }
    for (Map.Entry<String, String> each : environment.entrySet()) {
      if (!each.getKey().matches("[A-Za-z_][A-Za-z0-9_]*") || each.getKey().startsWith(OWN)) {
        throw new IllegalArgumentException(
            "A variable is made of letters, digits and underscores and does not begin with %s, unlike '%s'"
                .formatted(OWN, each.getKey()));
      }
    }
    for (String text : command) {
      checkText(text);
    }
    environment.values().forEach(Program::checkText);
  }

  private static void checkText(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("Commands and variables have no character NUL");
    }
  }

  /** The command, for people: on one line and not too long. */
  String brief() {
    String line = Json.printable(String.join(" ", command));
    return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "...";
  }
}
