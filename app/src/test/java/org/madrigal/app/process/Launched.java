package org.madrigal.app.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A process that a test started, and what it has printed so far. A test waits for what the process
 * says or for its end, never for time to pass; every wait fails after {@link #PATIENCE}. Closing it
 * kills it.
 */
public final class Launched implements AutoCloseable {

  /** How long a test waits before it gives a process up. */
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Output out = new Output();
  private final Output err = new Output();
  private final List<Thread> readers;

  private Launched(Process process) {
    this.process = process;
    this.readers =
        List.of(
            Thread.ofVirtual().start(() -> out.readAll(process.getInputStream())),
            Thread.ofVirtual().start(() -> err.readAll(process.getErrorStream())));
  }

  /**
   * Starts a program in a folder, with these variables and no others.
   *
   * @throws UncheckedIOException if there is no such program or folder
   */
  public static Launched start(
      Path program, Path folder, Map<String, String> environment, String... arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.directory(folder.toFile());
    try {
      return new Launched(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the built program, {@code ./madrigal}, with the variables of this process. */
  public static Launched madrigal(Path folder, String... arguments) {
    return start(repository().resolve("madrigal"), folder, System.getenv(), arguments);
  }

  /** The repository that this test is part of. */
  public static Path repository() {
    return Path.of(System.getProperty("madrigal.root", "..")).toAbsolutePath().normalize();
  }

  /** The number that the system gave it. */
  public long pid() {
    return process.pid();
  }

  /** Waits for a line on standard output and returns it. */
  public String awaitOut(Predicate<String> wanted) {
    return await(out, wanted);
  }

  /** Waits for a line on standard error and returns it. */
  public String awaitErr(Predicate<String> wanted) {
    return await(err, wanted);
  }

  private String await(Output output, Predicate<String> wanted) {
    try {
      return output.await(wanted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for " + this, e);
    } catch (AssertionError e) {
      throw new AssertionError("Waited in vain for a line of " + this, e);
    }
  }

  /** Ends the process as {@code kill -9} does, and waits until it is gone. */
  public Outcome kill() {
    process.destroyForcibly();
    return end();
  }

  /** Asks the process to end, as {@code kill} does, and waits until it is gone. */
  public Outcome terminate() {
    process.destroy();
    return end();
  }

  /** Asks the process to end, as Ctrl-C does, and waits until it is gone. */
  public Outcome interrupt() {
    try (Launched signal =
        start(Path.of("/bin/kill"), Path.of("/"), Map.of(), "-INT", Long.toString(process.pid()))) {
      signal.end();
    }
    return end();
  }

  /** Waits for the end of the process. */
  public Outcome end() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("Not ended within " + PATIENCE + ": " + this);
      }
      for (Thread reader : readers) {
        reader.join(PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for " + this, e);
    }
    return new Outcome(process.exitValue(), out.text(), err.text());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return "process "
        + process.pid()
        + ", which printed\n"
        + out.text()
        + "and on standard error\n"
        + err.text();
  }

  /**
   * How a process ended.
   *
   * @param code its exit code; 128 + the signal where one ended it
   * @param out all of standard output, lines ended by {@code \n}
   * @param err all of standard error, likewise
   */
  public record Outcome(int code, String out, String err) {}

  /** The lines of one stream so far. */
  private static final class Output {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    void readAll(InputStream stream) {
      try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          add(line);
        }
      } catch (IOException e) {
        add("[the stream broke: " + e.getMessage() + "]");
      } finally {
        lock.lock();
        try {
          ended = true;
          changed.signalAll();
        } finally {
          lock.unlock();
        }
      }
    }

    private void add(String line) {
      lock.lock();
      try {
        lines.add(line);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    String await(Predicate<String> wanted) throws InterruptedException {
      long left = PATIENCE.toNanos();
      lock.lock();
      try {
        for (int next = 0; ; next++) {
          while (next == lines.size()) {
            if (ended || left <= 0) {
              throw new AssertionError(ended ? "The stream ended" : "Nothing within " + PATIENCE);
            }
            left = changed.awaitNanos(left);
          }
          if (wanted.test(lines.get(next))) {
            return lines.get(next);
          }
        }
      } finally {
        lock.unlock();
      }
    }

    String text() {
      lock.lock();
      try {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
      } finally {
        lock.unlock();
      }
    }
  }
}
