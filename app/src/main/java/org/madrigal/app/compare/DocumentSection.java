package org.madrigal.app.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;

/**
 * The part of a document that a command writes: everything between the lines {@code <!-- begin NAME
 * -->} and {@code <!-- end NAME -->}. The rest of the document is people's.
 *
 * @param file the document
 * @param name the name in the two lines
 */
public record DocumentSection(Path file, String name) {

  /**
   * Replaces the part by {@code lines}.
   *
   * @throws Failure if the document or its two lines are missing
   */
  public void replace(List<String> lines) {
    try {
      List<String> old = Files.readAllLines(file);
      int begin = old.indexOf("<!-- begin " + name + " -->");
      int end = old.indexOf("<!-- end " + name + " -->");
      if (begin < 0 || end < begin) {
        throw new Failure(
            ExitCode.BAD_INPUT,
            "%s has no place for this: add the lines '<!-- begin %s -->' and '<!-- end %s -->'."
                .formatted(file, name, name));
      }
      List<String> changed = new ArrayList<>(old.subList(0, begin + 1));
      changed.add("");
      changed.addAll(lines);
      changed.add("");
      changed.addAll(old.subList(end, old.size()));
      Files.write(file, changed);
    } catch (IOException e) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "Cannot write the figures into %s: %s.".formatted(file, e.getMessage()),
          e);
    }
  }
}
