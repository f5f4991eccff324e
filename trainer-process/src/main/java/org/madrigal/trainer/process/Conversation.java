package org.madrigal.trainer.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Recipe;
import org.madrigal.trainer.TrainerException;
import org.madrigal.trainer.data.Dataset;
import org.madrigal.trainer.data.MemberData;

/**
 * A program with what it was told: that is told again when it had to be started anew. For many
 * threads, of which one speaks at a time.
 */
final class Conversation implements AutoCloseable {

  private final Program program;
  private final Recipe recipe;
  private final Session session;
  private final ReentrantLock speaking = new ReentrantLock();
  private volatile @Nullable Rows described;
  private @Nullable Digest told;
  private volatile boolean closed;

  /**
   * What the program says of its rows.
   *
   * @param own whether it reads them itself
   * @param train how many it trains on, if it does
   * @param test how many it judges by, if it does
   * @param digest which they are, if it does
   */
  record Rows(boolean own, int train, int test, Optional<Digest> digest) {}

  /**
   * Rows that the program is to have.
   *
   * @param digest of the training rows
   * @param data the rows
   */
  record Given(Digest digest, MemberData data) {}

  Conversation(Program program, Recipe recipe) {
    this.program = program;
    this.recipe = recipe;
    this.session = new Session(program);
  }

  /** What the program says of its rows; starts it if it never ran. */
  Rows rows() throws InterruptedException {
    Rows known = described;
    if (known != null) {
      return known;
    }
    speaking.lockInterruptibly();
    try {
      return started();
    } finally {
      speaking.unlock();
    }
  }

  /** Whether the program reads its rows itself. */
  boolean isOwn() {
    Rows known = described;
    return known != null && known.own();
  }

  /** What the program is, for provenance and policy. */
  SortedMap<String, String> versions() {
    SortedMap<String, String> versions = new TreeMap<>();
    session.versions().forEach((name, version) -> versions.put("program." + name, version));
    versions.put("trainer", "process");
    if (!program.code().files().isEmpty()) {
      versions.put("code", program.code().digest().toString());
    }
    return versions;
  }

  private Rows started() throws InterruptedException {
    boolean fresh = session.start();
    Rows known = described;
    if (!fresh && known != null) {
      return known;
    }
    told = null;
    Session.Request request = Session.Request.of("describe", Body.NONE, 0);
    Asking.recipe(request.header(), recipe);
    Rows now =
        session.ask(request, program.limits().start(), (answer, feed) -> read(answer.header()));
    if (known != null && !known.equals(now)) {
      session.kill();
      throw new TrainerException(
          "The trainer program has other rows than before (%s, now %s); start the node again if that is meant"
              .formatted(known, now));
    }
    described = now;
    return now;
  }

  private Rows read(ObjectNode header) {
    Answers.checkLayout(recipe.model().layout(), header);
    String rows = Json.text(header, "rows");
    return switch (rows) {
      case "given" -> new Rows(false, 0, 0, Optional.empty());
      case "own" -> {
        int train = Json.count(header, "train", Integer.MAX_VALUE);
        int test = Json.count(header, "test", Integer.MAX_VALUE);
        if (train == 0) {
          throw new Misspoken("it has no rows to train on");
        }
        yield new Rows(true, train, test, Optional.of(digest(Json.text(header, "data"))));
      }
      default -> throw new Misspoken("'rows' is 'given' or 'own', not '%s'".formatted(rows));
    };
  }

  private static Digest digest(String text) {
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Misspoken("'data' is no SHA-256 in hexadecimal: " + e.getMessage(), e);
    }
  }

  /** Asks, after telling the program of its rows if it does not know {@code given}. */
  <T> T ask(Optional<Given> given, Session.Request request, Session.Taker<T> taker)
      throws InterruptedException {
    speaking.lockInterruptibly();
    try {
      if (closed) {
        throw new TrainerException("The trainer is closed");
      }
      started();
      if (closed) {
        session.kill(); // it was closed while it started
        throw new TrainerException("The trainer is closed");
      }
      Duration limit = program.limits().answer();
      if (given.isPresent()) {
        tell(given.get(), limit);
      }
      return session.ask(request, limit, taker);
    } finally {
      speaking.unlock();
    }
  }

  private void tell(Given given, Duration limit) throws InterruptedException {
    if (given.digest().equals(told)) {
      return;
    }
    MemberData data = given.data();
    Body body = both(both(Body.NONE, "train", data.train()), "test", data.test());
    session.ask(Session.Request.of("rows", body, 0), limit, (answer, feed) -> answer.header());
    told = given.digest();
  }

  private static Body both(Body body, String split, Dataset rows) {
    return body.and(split + ".features", rows.features()).and(split + ".targets", rows.targets());
  }

  /** Ends the program: in good order, or at once where somebody speaks with it. */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = Thread.interrupted();
    if (speaking.tryLock()) {
      try {
        session.shutdown();
      } catch (InterruptedException e) {
        session.kill();
        interrupted = true;
      } finally {
        speaking.unlock();
      }
    } else {
      session.kill();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
