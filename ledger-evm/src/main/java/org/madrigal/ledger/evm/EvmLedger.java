package org.madrigal.ledger.evm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Decoding;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Envelope;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.ledger.Archives;
import org.madrigal.ledger.Following;
import org.madrigal.ledger.Growth;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;

/**
 * A ledger that a contract on a chain orders. It reads what is final, checks it, and keeps it in
 * the member's folder; it writes through the member's account. It begins without any node that
 * answers, and goes on where it was after the process was killed.
 *
 * <p>A chain that takes back what was final is refused for ever: {@link
 * org.madrigal.ledger.ForkException}.
 */
public final class EvmLedger implements Ledger {

  private static final Duration FAREWELL = Duration.ofSeconds(30);
  private static final Duration REQUEST = Duration.ofSeconds(30);
  private static final long BATCH = 64L << 20;

  private final EvmLedgerConfig config;
  private final EntrySpool spool;
  private final Archives before;
  private final Endpoints endpoints;
  private final Growth growth = new Growth();
  private final Following following = new Following();
  private final ReentrantLock writing = new ReentrantLock(true);
  private final @Nullable StatementWriter writer;
  private final Thread thread;

  private EvmLedger(
      EvmLedgerConfig config, EntrySpool spool, Archives before, Optional<GasMeter> meter) {
    this.config = config;
    this.before = before;
    this.spool = spool;
    this.endpoints = new Endpoints(config.ledger().chain(), config.endpoints(), REQUEST);
    Chain chain = new Chain(endpoints);
    this.writer =
        config
            .key()
            .map(key ->
                new StatementWriter(
                    chain,
                    config,
                    before,
                    new Account(chain, config.ledger().chain(), key, config.options())))
            .orElse(null);
    growth.grownTo(spool.size());
    ChainFollower follower = new ChainFollower(chain, config, spool, growth, following, meter);
    this.thread = Thread.ofVirtual().name("chain-follower").start(follower);
  }

  /**
   * Opens the member's copy and begins to follow the chain, which need not be reachable yet.
   *
   * @throws LedgerException {@code LOCKED}, {@code FOREIGN} or {@code BROKEN}, about the copy
   */
  public static EvmLedger open(EvmLedgerConfig config) {
    return open(config, new Archives(), Optional.empty());
  }

  /**
   * As {@link #open(EvmLedgerConfig)}, and asks the nodes what each entry took. The copy must be
   * empty, for it holds no gas.
   */
  public static EvmLedger open(EvmLedgerConfig config, GasMeter meter) {
    return open(config, new Archives(), Optional.of(meter));
  }

  /**
   * As {@link #open(EvmLedgerConfig)}, for a contract that goes on where another ledger ended.
   *
   * @param before the ledgers that were left, which stay the caller's to close: what was signed in
   *     sight of them can be shown to the contract
   */
  public static EvmLedger open(EvmLedgerConfig config, Archives before) {
    return open(config, before, Optional.empty());
  }

  private static EvmLedger open(EvmLedgerConfig config, Archives before, Optional<GasMeter> meter) {
    EntrySpool spool =
        EntrySpool.open(
            config.folder(), config.ledger().toString(), config.federation(), config.origin());
    try {
      return new EvmLedger(config, spool, before, meter);
    } catch (RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  /** {@inheritDoc} {@code evm:}, the number of the chain and the contract. */
  @Override
  public String identity() {
    return config.ledger().toString();
  }

  /** Why the chain cannot be read at present; nothing if it can. */
  public Optional<String> trouble() {
    return following.trouble();
  }

  /** {@inheritDoc} Returns when the statement is in a block, which need not be final yet. */
  @Override
  public void append(SignedStatement statement, Optional<Attachment> attachment)
      throws InterruptedException {
    following.check();
    if (writer == null) {
      throw new LedgerException(
          Kind.REFUSED,
          "No account is given that pays for statements on %s".formatted(config.ledger()));
    }
    if (!config.origin().isFirst()) {
      checkSeen(statement);
    }
    writing.lockInterruptibly();
    try {
      write(writer, statement, attachment);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Refuses what was signed in sight of entries that the old ledger took after it was handed over:
   * the contract would refuse it, too, for gas.
   */
  private void checkSeen(SignedStatement statement) {
    if (StatementCodec.decode(statement) instanceof Decoding.Decoded<Envelope>(Envelope envelope)) {
      Head seen = envelope.payload().seen();
      Optional<Head> own = historyAfter(seen.position());
      if (own.isPresent() && !own.get().equals(seen)) {
        throw new LedgerException(
            Kind.REFUSED,
            "The statement vouches for the history %s, which ended where the ledger was handed over: it cannot be said here"
                .formatted(seen));
      }
    }
  }

  private Optional<Head> historyAfter(Position count) {
    Position first = config.origin().first();
    if (count.compareTo(first) < 0) {
      return before.historyAfter(count);
    }
    if (count.equals(first)) {
      return Optional.of(config.origin().head());
    }
    return count.value() <= spool.size()
        ? Optional.of(spool.get(count.value() - 1).head())
        : Optional.empty();
  }

  private void write(StatementWriter by, SignedStatement statement, Optional<Attachment> attachment)
      throws InterruptedException {
    long deadline = System.nanoTime() + config.options().patience().toNanos();
    while (true) {
      following.check();
      try {
        by.write(statement, attachment);
        return;
      } catch (LedgerException e) {
        if (e.kind() != Kind.UNREACHABLE || System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
      if (following.awaitClose(config.options().poll())) {
        following.check();
      }
    }
  }

  @Override
  public void catchUp(Duration wait) throws InterruptedException {
    if (!following.awaitEnd(wait)) {
      throw new LedgerException(
          Kind.UNREACHABLE,
          "The ledger %s has not been read to its end within %d seconds: %s"
              .formatted(
                  config.ledger(),
                  wait.toSeconds(),
                  trouble().orElse("%d entries so far".formatted(spool.size()))));
    }
    following.check();
  }

  /** {@inheritDoc} Entries of the copy, also while no node answers. */
  @Override
  public List<Entry> read(Position from, int limit, Duration wait) throws InterruptedException {
    long size = growth.await(from.value() + 1, wait);
    List<Entry> entries = new ArrayList<>();
    long bytes = 0;
    for (long next = from.value(); next < size && entries.size() < limit && bytes < BATCH; next++) {
      Entry entry = spool.get(next).entry();
      entries.add(entry);
      bytes += entry.attachment().map(attachment -> attachment.ref().length()).orElse(0L);
    }
    return List.copyOf(entries);
  }

  @Override
  public void close() {
    if (!following.isOpen()) {
      return;
    }
    following.close();
    growth.close();
    endpoints.close();
    boolean interrupted = false;
    try {
      if (!thread.join(FAREWELL)) {
        throw new LedgerException(Kind.BROKEN, "The follower of the chain did not end");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      spool.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
