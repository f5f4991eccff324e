package org.madrigal.trainer.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * What a program writes to its standard output and error: kept in a file, which begins anew when it
 * is full, and the last lines in memory, for messages. It stays with the member.
 */
final class ProgramLog {

  /** The name of the file in the program's folder; the one before has {@code .1} behind it. */
  static final String NAME = "trainer.log";

  private static final int LINES = 8;
  private static final int LONGEST = 4096;
  private static final int MOMENTS = 10;
  private static final long MOMENT = 100;
  private static final long FULL = 10 << 20;

  private final Path file;
  private final Deque<String> last = new ArrayDeque<>();
  private final AtomicLong lines = new AtomicLong();
  private long written;

  ProgramLog(Path folder) {
    this.file = folder.resolve(NAME);
  }

  /** Takes everything until it ends; for a thread of its own. */
  void follow(InputStream output) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\n' || line.length() >= LONGEST) {
          add(line.toString());
          line.setLength(0);
        }
        if (c != '\n') {
          line.append((char) c);
        }
      }
      if (!line.isEmpty()) {
        add(line.toString());
      }
    } catch (IOException e) {
      // The program was ended while it was writing.
    }
  }

  /** Adds a line that is ours, and forgets the last lines of the program before. */
  synchronized void begin(String line) {
    last.clear();
    keep(line);
  }

  /** Adds a line. */
  synchronized void add(String line) {
    lines.incrementAndGet();
    if (!line.isBlank()) {
      last.addLast(Json.printable(line));
      if (last.size() > LINES) {
        last.removeFirst();
      }
    }
    keep(line);
  }

  private void keep(String line) {
    try {
      write(line);
    } catch (IOException e) {
      // A full disk must not stop training; the last lines are still in memory.
    }
  }

  private void write(String line) throws IOException {
    if (written == 0 && Files.exists(file)) {
      written = Files.size(file);
    }
    if (written > FULL) {
      Files.move(file, file.resolveSibling(NAME + ".1"), StandardCopyOption.REPLACE_EXISTING);
      written = 0;
    }
    try (Writer writer =
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      writer.write(line);
      writer.write('\n');
    }
    written += line.length() + 1L;
  }

  /**
   * Waits, for a moment, until the program writes nothing more: what it wrote before an answer may
   * come after it, for they take different ways.
   */
  void settle() throws InterruptedException {
    long before = -1;
    for (int i = 0; i < MOMENTS && before != lines.get(); i++) {
      before = lines.get();
      Thread.sleep(MOMENT);
    }
  }

  /** The last lines, for people. */
  synchronized String lastLines() {
    return last.isEmpty()
        ? "it wrote nothing to its log"
        : "its last lines: " + last.stream().collect(Collectors.joining(" | "));
  }
}
