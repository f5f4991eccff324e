package org.madrigal.ledger.http;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.ledger.Following;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.LedgerCopy;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;
import org.madrigal.ledger.TornTail;

/**
 * A ledger that somebody else orders and serves with a {@link LedgerServer}. It keeps a verified
 * full copy in the member's own folder and reads from that; it reconnects and goes on where it was,
 * also after the process was killed. A history that was rewritten or became shorter is refused for
 * ever: {@link org.madrigal.ledger.ForkException}.
 */
public final class RemoteLedger implements Ledger {

  private static final Duration FAREWELL = Duration.ofSeconds(30);

  private final RemoteLedgerConfig config;
  private final LedgerCopy copy;
  private final Transport transport;
  private final Thread thread;
  private final Following following = new Following();

  private RemoteLedger(RemoteLedgerConfig config, InstantSource clock, LedgerCopy copy, Pace pace) {
    this.config = config;
    this.copy = copy;
    this.transport = new Transport(config.caller(), clock, pace);
    Follower follower =
        new Follower(copy, transport, new ForkCheck(config, copy, transport), backoff(), following);
    this.thread = Thread.ofVirtual().name("ledger-follower").start(follower);
  }

  /**
   * Opens the member's copy and begins to follow the server, which need not be reachable yet.
   *
   * @param config whom to ask, and who asks
   * @param clock the time of signatures
   * @throws LedgerException {@code LOCKED}, {@code FOREIGN}, {@code BROKEN} or {@code FULL}, about
   *     the copy
   * @throws IllegalArgumentException if the certificates to trust cannot be read
   */
  public static RemoteLedger open(RemoteLedgerConfig config, InstantSource clock) {
    return open(config, clock, Pace.USUAL);
  }

  static RemoteLedger open(RemoteLedgerConfig config, InstantSource clock, Pace pace) {
    LedgerCopy copy =
        LedgerCopy.open(config.folder(), config.federation(), config.orderer(), config.origin());
    try {
      return new RemoteLedger(config, clock, copy, pace);
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /** {@inheritDoc} That of the ledger that is served. */
  @Override
  public String identity() {
    return "file:" + config.orderer().text();
  }

  /** What opening the copy cut off: a block that was not whole when the process was killed. */
  public Optional<TornTail> repaired() {
    return copy.repaired();
  }

  /** Why the server cannot be reached or followed at present; nothing if it can. */
  public Optional<String> trouble() {
    return following.trouble();
  }

  @Override
  public void append(SignedStatement statement, Optional<Attachment> attachment)
      throws InterruptedException {
    long deadline = System.nanoTime() + config.patience().toNanos();
    Backoff backoff = backoff();
    while (true) {
      following.check();
      if (copy.contains(statement)) {
        return;
      }
      String problem;
      try {
        transport.post(statement, attachment);
        return;
      } catch (IOException e) {
        problem = e.toString();
      } catch (Problem e) {
        refuse(e);
        problem = "%d: %s".formatted(e.status(), e.sentence());
      }
      Duration wait = backoff.next();
      if (System.nanoTime() + wait.toNanos() - deadline > 0) {
        throw new LedgerException(
            Kind.UNREACHABLE,
            "The ledger at %s did not take the statement within %d seconds: %s"
                .formatted(config.server(), config.patience().toSeconds(), problem));
      }
      if (following.awaitClose(wait)) {
        following.check();
      }
    }
  }

  /** Gives up if asking again would not help. */
  private void refuse(Problem problem) {
    boolean temporary =
        problem.status() >= 500 || problem.status() == 408 || problem.status() == 429;
    if (!temporary) {
      throw new LedgerException(
          Kind.REFUSED,
          "The ledger at %s refused the statement: %s"
              .formatted(config.server(), problem.sentence()));
    }
  }

  @Override
  public void catchUp(Duration wait) throws InterruptedException {
    if (!following.awaitEnd(wait)) {
      throw new LedgerException(
          Kind.UNREACHABLE,
          "The ledger at %s has not been read to its end within %d seconds: %s"
              .formatted(
                  config.server(),
                  wait.toSeconds(),
                  trouble().orElse("%d blocks so far".formatted(copy.blockCount()))));
    }
    following.check();
  }

  /** {@inheritDoc} Entries of the copy, also while the server is away. */
  @Override
  public List<Entry> read(Position from, int limit, Duration wait) throws InterruptedException {
    return copy.read(from, limit, wait);
  }

  private static Backoff backoff() {
    return new Backoff(RandomGenerator.getDefault());
  }

  @Override
  public void close() {
    following.close();
    transport.close();
    boolean interrupted = false;
    try {
      if (!thread.join(FAREWELL)) {
        throw new LedgerException(Kind.BROKEN, "The ledger's follower did not end");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      copy.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
