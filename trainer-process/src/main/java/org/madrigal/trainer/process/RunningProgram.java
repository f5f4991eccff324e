package org.madrigal.trainer.process;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.madrigal.trainer.TrainerException;

/**
 * A program that was started, in a process group of its own, and the socket that it opened to us. A
 * small shell stands between: when its standard input ends, because we closed it or because this
 * process was killed, it kills the whole group.
 */
final class RunningProgram implements AutoCloseable {

  /** Where the program finds the socket. */
  static final String SOCKET = "MADRIGAL_SOCKET";

  /** Where the program finds the version of the protocol. */
  static final String PROTOCOL = "MADRIGAL_TRAINER_PROTOCOL";

  /** The first argument is the limit of memory in KiB or a hyphen; the others are the command. */
  private static final String GUARD =
      """
      ulimit -c 0
      if [ "$1" != - ]; then ulimit -v "$1" || exit 125; fi
      shift
      trap : INT TERM HUP
      exec 3<&0
      if command -v setsid >/dev/null 2>&1; then
        setsid "$@" </dev/null 3<&- &
      else
        "$@" </dev/null 3<&- &
      fi
      child=$!
      { read -r _ <&3; kill -s KILL -- "-$child" || kill -s KILL "$child"; } >/dev/null 2>&1 &
      guard=$!
      exec 3<&- </dev/null 2>/dev/null
      while :; do
        wait "$child"
        code=$?
        kill -0 "$child" || break
      done
      kill -s KILL "$guard"
      kill -s KILL -- "-$child"
      exit "$code"
      """;

  private static final int KILLED = 128; // and the signal
  private static final int NO_PROGRAM = 127;
  private static final int NO_LIMIT = 125;
  private static final long PATIENCE = 5;
  private static final long GLANCE = 100;
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final Process process;
  private final Thread reader;
  private final Wire wire;

  private RunningProgram(Process process, Thread reader, Wire wire) {
    this.process = process;
    this.reader = reader;
    this.wire = wire;
  }

  /** Starts {@code program} and waits until it has opened the socket. */
  static RunningProgram start(Program program, ProgramLog log, Wire.Deadline deadline)
      throws InterruptedException {
    Process process = null;
    Thread reader = null;
    Path door = null;
    try {
      door = Files.createTempDirectory("madrigal-");
      Path socket = door.resolve("trainer");
      try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(socket));
        process = launch(program, socket);
        Process started = process;
        reader =
            Thread.ofVirtual()
                .name("trainer-log")
                .start(() -> log.follow(started.getInputStream()));
        Wire wire = new Wire(accept(server, process, deadline), () -> ending(started));
        RunningProgram running = new RunningProgram(process, reader, wire);
        process = null;
        return running;
      }
    } catch (IOException e) {
      throw new TrainerException(
          "The trainer program %s cannot be started: %s".formatted(program.brief(), e.getMessage()),
          e);
    } finally {
      if (process != null) {
        kill(process, reader);
      }
      delete(door);
    }
  }

  private static Process launch(Program program, Path socket) throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "madrigal-trainer"));
    command.add(
        program.limits().memory().isPresent()
            ? Long.toString(program.limits().memory().getAsLong() >> 10)
            : "-");
    command.addAll(program.command());
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(program.folder().toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> !Program.INHERITED.contains(name));
    environment.putAll(program.environment());
    environment.put("HOME", program.folder().toString());
    environment.put("PYTHONUNBUFFERED", "1");
    environment.put(SOCKET, socket.toString());
    environment.put(PROTOCOL, Integer.toString(Session.VERSION));
    return builder.start();
  }

  private static SocketChannel accept(
      ServerSocketChannel server, Process process, Wire.Deadline deadline)
      throws IOException, InterruptedException {
    server.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      server.register(selector, SelectionKey.OP_ACCEPT);
      while (true) {
        SocketChannel channel = server.accept();
        if (channel != null) {
          return channel;
        }
        if (!process.isAlive()) {
          throw new Misspoken(ending(process).orElseThrow() + " before it opened the socket");
        }
        selector.select(Math.min(GLANCE, deadline.left()));
        selector.selectedKeys().clear();
        if (Thread.interrupted()) {
          throw new InterruptedException("Starting the trainer program was interrupted");
        }
      }
    }
  }

  /** How the process ended, once it has. */
  private static Optional<String> ending(Process process) {
    if (process.isAlive()) {
      return Optional.empty();
    }
    int code = process.exitValue();
    return Optional.of(
        switch (code) {
          case NO_PROGRAM -> "there is no such program (code 127)";
          case NO_LIMIT -> "its memory could not be limited (code 125)";
          default ->
              code > KILLED
                  ? "it was ended by signal %d".formatted(code - KILLED)
                  : "it ended with code %d".formatted(code);
        });
  }

  private static void kill(Process process, @Nullable Thread reader) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The shell is gone already, and with it the program.
    }
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      if (reader != null) {
        reader.join(LAST_WORDS); // a message is to have the last lines of the log
      }
    } catch (InterruptedException e) {
      interrupted = true;
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(@Nullable Path door) {
    if (door != null) {
      try {
        Files.deleteIfExists(door.resolve("trainer"));
        Files.deleteIfExists(door);
      } catch (IOException e) {
        // A temporary folder without anything in it.
      }
    }
  }

  Wire wire() {
    return wire;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for a moment for the program to end by itself. */
  void awaitEnd() throws InterruptedException {
    process.waitFor(PATIENCE, TimeUnit.SECONDS);
  }

  /** Ends the program and everything that it started. */
  @Override
  public void close() {
    kill(process, reader);
    wire.close();
  }
}
