package org.madrigal.trainer.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.madrigal.trainer.TrainerException;

/**
 * Requests to a program, one after the other. A program that is not running is started; one that
 * breaks the protocol, is late, or is no longer wanted is ended, with all that it started. For one
 * thread at a time, but for {@link #kill}.
 */
final class Session {

  /** The version of the protocol that is spoken. */
  static final int VERSION = 1;

  private static final int SKIP = 1 << 16;

  private final Program program;
  private final ProgramLog log;
  private volatile @Nullable RunningProgram running;
  private SortedMap<String, String> versions = new TreeMap<>();
  private int requests;
  private int starts;

  Session(Program program) {
    this.program = program;
    this.log = new ProgramLog(program.folder());
  }

  /** Takes the body of an answer. */
  @FunctionalInterface
  interface Taker<T> {

    /** Reads all {@code answer.body()} bytes of the body, or throws {@link Misspoken}. */
    T take(Message answer, Feed feed) throws InterruptedException;
  }

  /** What there is to ask. */
  record Request(ObjectNode header, Body body, long mostAnswer) {

    static Request of(String type, Body body, long mostAnswer) {
      return new Request(Json.MAPPER.createObjectNode().put("type", type), body, mostAnswer);
    }

    String type() {
      return header.path("type").asText();
    }
  }

  /** Starts the program unless it runs, and says whether it did so. */
  boolean start() throws InterruptedException {
    RunningProgram before = running;
    if (before != null && before.isAlive()) {
      return false;
    }
    program.code().check();
    kill();
    try {
      Files.createDirectories(program.folder());
    } catch (IOException e) {
      throw new TrainerException(
          "The folder %s of the trainer program cannot be made: %s"
              .formatted(program.folder(), e.getMessage()),
          e);
    }
    Wire.Deadline deadline = Wire.Deadline.in(program.limits().start(), "start");
    try {
      log.begin("--- start %d".formatted(++starts));
      RunningProgram started = RunningProgram.start(program, log, deadline);
      running = started;
      started.wire().until(deadline);
      hello(Message.read(started.wire(), 0).header());
    } catch (Misspoken e) {
      throw failed("starting", e);
    } catch (InterruptedException e) {
      kill();
      throw e;
    }
    return true;
  }

  private void hello(ObjectNode header) {
    if (!Json.text(header, "type").equals("hello")) {
      throw new Misspoken("its first message is 'hello', not '%s'".formatted(header.path("type")));
    }
    int version = Json.count(header, "protocol", 1_000_000);
    if (version != VERSION) {
      throw new Misspoken(
          "it speaks version %d of the trainer protocol, and this node version %d"
              .formatted(version, VERSION));
    }
    SortedMap<String, String> said = Json.texts(header, "versions");
    said.put("program", Json.text(header, "name"));
    versions = said;
  }

  /** What the program says that it is made of. */
  SortedMap<String, String> versions() {
    return new TreeMap<>(versions);
  }

  /**
   * Asks, and gives the answer to {@code taker}.
   *
   * @throws TrainerException if the program says that it cannot, or is of no use
   * @throws InterruptedException if the thread is interrupted, which ends the program
   */
  <T> T ask(Request request, Duration limit, Taker<T> taker) throws InterruptedException {
    RunningProgram asked = running;
    if (asked == null) {
      throw new IllegalStateException("The program was not started");
    }
    int id = ++requests;
    ObjectNode header = request.header().put("id", id).put("seconds", limit.toMillis() / 1e3);
    Wire wire = asked.wire();
    wire.until(Wire.Deadline.in(limit, request.type()));
    try {
      request.body().send(header, wire);
      while (true) {
        Message answer = Message.read(wire, request.mostAnswer());
        if (Json.count(answer.header(), "id", Integer.MAX_VALUE) != id) {
          throw new Misspoken(
              "it answered request %s, but %d was asked".formatted(answer.header().path("id"), id));
        }
        switch (Json.text(answer.header(), "type")) {
          case "progress" -> progress(request, answer, wire);
          case "result" -> {
            return taken(request, taker, answer, wire);
          }
          case "error" -> {
            skip(answer, wire);
            log.settle();
            throw new TrainerException(
                sentence(request.type(), Json.text(answer.header(), "message")));
          }
          default ->
              throw new Misspoken(
                  "an answer is of type progress, result or error, not '%s'"
                      .formatted(Json.text(answer.header(), "type")));
        }
      }
    } catch (Misspoken e) {
      throw failed(request.type(), e);
    } catch (InterruptedException e) {
      kill();
      throw e;
    }
  }

  private <T> T taken(Request request, Taker<T> taker, Message answer, Wire wire)
      throws InterruptedException {
    try {
      return taker.take(answer, wire);
    } catch (TrainerException e) {
      log.settle();
      throw new TrainerException(sentence(request.type(), String.valueOf(e.getMessage())), e);
    }
  }

  private void progress(Request request, Message message, Wire wire) throws InterruptedException {
    skip(message, wire);
    log.add(
        "progress of %s: %s"
            .formatted(
                request.type(), Json.printable(message.header().path("metrics").toString())));
  }

  /** Reads a body that nobody wants. */
  static void skip(Message message, Feed feed) throws InterruptedException {
    ByteBuffer block = ByteBuffer.allocate((int) Math.min(SKIP, message.body()));
    for (long left = message.body(); left > 0; left -= block.limit()) {
      feed.fill(block.clear().limit((int) Math.min(block.capacity(), left)));
    }
  }

  private TrainerException failed(String doing, Misspoken reason) {
    kill();
    return new TrainerException(sentence(doing, String.valueOf(reason.getMessage())), reason);
  }

  /** One sentence with what happened and the last lines of the log. */
  String sentence(String doing, String reason) {
    return "The trainer program '%s' failed (%s): %s; %s"
        .formatted(program.brief(), doing, reason, log.lastLines());
  }

  /** Asks the program to end, and sees to it that it does. */
  void shutdown() throws InterruptedException {
    RunningProgram asked = running;
    if (asked != null && asked.isAlive()) {
      Optional<TrainerException> refused = farewell();
      if (refused.isEmpty()) {
        asked.awaitEnd();
      }
    }
    kill();
  }

  private Optional<TrainerException> farewell() throws InterruptedException {
    try {
      ask(
          Request.of("shutdown", Body.NONE, 0),
          Duration.ofSeconds(2),
          (answer, feed) -> answer.header());
      return Optional.empty();
    } catch (TrainerException e) {
      return Optional.of(e); // It is ended all the same.
    }
  }

  /** Ends the program and all that it started; from any thread. */
  void kill() {
    RunningProgram ended = running;
    running = null;
    if (ended != null) {
      ended.close();
    }
  }
}
