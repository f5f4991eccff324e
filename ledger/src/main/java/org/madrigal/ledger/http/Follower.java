package org.madrigal.ledger.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.ledger.Following;
import org.madrigal.ledger.Genesis;
import org.madrigal.ledger.LedgerCopy;
import org.madrigal.ledger.LedgerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the copy up to the orderer's ledger and keeps it there: waits for blocks, checks that the
 * history is still the same whenever it may have changed, and begins again after every failure.
 */
final class Follower implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  /** A server that waits less than this does not wait at all. */
  private static final Duration LEAST_WAIT = Duration.ofSeconds(1);

  private final LedgerCopy copy;
  private final Transport transport;
  private final ForkCheck forks;
  private final Backoff backoff;
  private final Following following;
  private boolean compared;

  Follower(
      LedgerCopy copy, Transport transport, ForkCheck forks, Backoff backoff, Following following) {
    this.copy = copy;
    this.transport = transport;
    this.forks = forks;
    this.backoff = backoff;
    this.following = following;
  }

  @Override
  public void run() {
    try {
      while (following.isOpen()) {
        Optional<String> problem = turn();
        if (problem.isEmpty()) {
          backoff.reset();
          following.recovered();
        } else if (following.isOpen()) {
          compared = false;
          complain(problem.get());
          boolean ended = following.awaitClose(backoff.next());
          LOG.debug("Trying again, closed: {}", ended);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (LedgerException e) {
      stop(e);
    } catch (RuntimeException | Error e) {
      stop(
          new LedgerException(
              LedgerException.Kind.BROKEN, "The ledger cannot be followed any more: " + e, e));
    } finally {
      following.reachedEnd();
    }
  }

  private void stop(LedgerException reason) {
    if (following.isOpen()) {
      following.fail(reason);
      copy.stopGrowing(reason);
    }
  }

  private void complain(String problem) {
    if (following.isTroubledBy(problem)) {
      LOG.warn("The ledger cannot be followed at present: {}", problem);
    }
  }

  /** One request for blocks; says what is wrong if something is. */
  private Optional<String> turn() throws InterruptedException {
    try {
      begin();
      if (!compared) {
        forks.check();
        compared = true;
      }
      return blocks();
    } catch (IOException e) {
      return Optional.of(ConnectionFailure.describe(e));
    } catch (Problem problem) {
      if (problem.status() == 416) {
        compared = false;
      }
      return Optional.of(
          "the server answered %d: %s".formatted(problem.status(), problem.sentence()));
    } catch (LedgerException e) {
      if (e.kind() == LedgerException.Kind.FULL) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private void begin() throws IOException, InterruptedException, Problem {
    if (copy.begun()) {
      return;
    }
    Bytes bytes =
        transport.get(Protocol.GENESIS).orElseThrow(() -> new IOException("there is no genesis"));
    switch (Genesis.decode(bytes)) {
      case Decoding.Decoded<Genesis>(Genesis genesis) -> copy.begin(genesis);
      case Decoding.Malformed<Genesis>(String reason) -> throw new IOException(reason);
    }
  }

  private Optional<String> blocks() throws IOException, InterruptedException, Problem {
    boolean waits = following.hasReachedEnd();
    Duration wait = waits ? Protocol.MAX_WAIT : Duration.ZERO;
    long asked = System.nanoTime();
    String query = "from=%d&wait=%d".formatted(copy.blockCount(), wait.toSeconds());
    Optional<LedgerCopy.Acceptance> acceptance =
        transport.get(Protocol.BLOCKS, query, wait, copy::accept);
    if (acceptance.isEmpty()) {
      compared = false;
      following.reachedEnd();
      boolean waited = !waits || System.nanoTime() - asked >= LEAST_WAIT.toNanos();
      return waited ? Optional.empty() : Optional.of("the server did not wait for blocks");
    }
    return switch (acceptance.get()) {
      case LedgerCopy.Acceptance.Accepted(int blocks) ->
          blocks > 0
              ? Optional.empty()
              : Optional.of("the server's answer has no block, or does not say its length");
      case LedgerCopy.Acceptance.Refused(String reason) ->
          Optional.of("the server sent a block that is refused: " + reason);
    };
  }
}
