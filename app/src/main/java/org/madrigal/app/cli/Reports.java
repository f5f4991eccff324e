package org.madrigal.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps what is of use to those who mend Madrigal, and of none to those who use it, in a file. */
final class Reports {

  private Reports() {}

  /** Writes a report of a defect and says, in one sentence, where it is. */
  static String write(String command, Throwable defect) {
    StringWriter text = new StringWriter();
    PrintWriter lines = new PrintWriter(text);
    lines.printf("madrigal %s, command '%s'%n", Version.current(), command);
    lines.printf(
        "Java %s on %s %s%n%n",
        Runtime.version(), System.getProperty("os.name"), System.getProperty("os.arch"));
    defect.printStackTrace(lines);
    lines.flush();
    try {
      Path file = Files.createTempFile("madrigal-report-", ".txt");
      Files.writeString(file, text.toString());
      return "The report is in %s; please send it to the makers of Madrigal.".formatted(file);
    } catch (IOException e) {
      return "No report could be written (%s); run again with --debug.".formatted(e.getMessage());
    }
  }
}
