package org.madrigal.ledger.evm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Position;
import org.madrigal.ledger.Following;
import org.madrigal.ledger.ForkException;
import org.madrigal.ledger.Growth;
import org.madrigal.ledger.LedgerException;
import org.madrigal.ledger.LedgerException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the chain up to what is final, again and again, and adds what it finds to the spool. A node
 * is believed nothing that can be checked: blocks must follow the ones before, entries must have
 * the contract's hashes, and after each reach the contract's own head must be the one that was
 * computed.
 *
 * <p>A block that was final and is not there any more, at every node that answers, is the end: what
 * was read stays, and nobody may act on it.
 */
final class ChainFollower implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ChainFollower.class);
  private static final int MOST_BLOCKS = 4096;
  private static final long MANY_BYTES = 4L << 20;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Chain chain;
  private final EvmLedgerConfig config;
  private final EntrySpool spool;
  private final Growth growth;
  private final Following following;
  private final Optional<GasMeter> meter;
  private Assembly assembly;
  private long nextBlock;
  private long knownBlock = -1;
  private @Nullable Bytes knownHash;
  private int reach = 64;
  private int contradictions;

  ChainFollower(
      Chain chain,
      EvmLedgerConfig config,
      EntrySpool spool,
      Growth growth,
      Following following,
      Optional<GasMeter> meter) {
    this.chain = chain;
    this.config = config;
    this.spool = spool;
    this.growth = growth;
    this.following = following;
    this.meter = meter;
    this.assembly = start();
  }

  /** Where the spool ends; also after an answer that cannot be, which is read anew elsewhere. */
  private Assembly start() {
    Optional<ChainEntry> last = spool.last();
    nextBlock = last.map(ChainEntry::resume).orElse(config.options().firstBlock());
    if (last.isPresent() && knownBlock < last.get().block()) {
      knownBlock = last.get().block();
      knownHash = last.get().blockHash();
    }
    return new Assembly(
        config.ledger().toString(),
        config.roster(),
        last.map(ChainEntry::head).orElseGet(() -> config.origin().head()),
        last.map(entry -> entry.entry().time()).orElseGet(() -> config.origin().time()));
  }

  @Override
  public void run() {
    try {
      while (following.isOpen()) {
        Duration pause = turn();
        if (pause.isPositive() && following.awaitClose(pause)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (LedgerException e) {
      stop(e);
    } catch (RuntimeException | Error e) {
      stop(new LedgerException(Kind.BROKEN, "The chain cannot be read any more: " + e, e));
    } finally {
      following.reachedEnd();
    }
  }

  private void stop(LedgerException reason) {
    if (following.isOpen()) {
      following.fail(reason);
      growth.fail(reason);
    }
  }

  /** One look at the chain; says how long to wait before the next. */
  private Duration turn() throws InterruptedException {
    try {
      Duration pause = look();
      following.recovered();
      return pause;
    } catch (MalformedAnswerException e) {
      complain(
          "the node at %s told what cannot be: %s"
              .formatted(chain.endpoints().current(), e.getMessage()));
      chain.endpoints().blame(String.valueOf(e.getMessage()));
    } catch (RpcRefusal e) {
      reach = Math.max(1, reach / 2);
      complain(
          "the node at %s refuses to be read: %s"
              .formatted(chain.endpoints().current(), e.getMessage()));
    } catch (LedgerException e) {
      if (e.kind() != Kind.UNREACHABLE) {
        throw e;
      }
      complain(String.valueOf(e.getMessage()));
    }
    assembly = start();
    return config.options().poll().compareTo(PAUSE) < 0 ? config.options().poll() : PAUSE;
  }

  private void complain(String problem) {
    if (following.isTroubledBy(problem) && following.isOpen()) {
      LOG.warn("The ledger on the chain cannot be read at present: {}", problem);
    }
  }

  private Duration look() throws RpcRefusal, MalformedAnswerException, InterruptedException {
    Chain.Block end = lastFinal();
    if (!isSameChain(end)) {
      return PAUSE;
    }
    if (end.number() < nextBlock) {
      following.reachedEnd();
      return config.options().poll();
    }
    long to = Math.min(end.number(), nextBlock + reach - 1);
    List<ContractEvent> events = new ArrayList<>();
    long bytes = 0;
    List<Chain.Log> logs = chain.logs(config.ledger().contract(), nextBlock, to);
    for (Chain.Log log : logs) {
      ContractEvent.of(log).ifPresent(events::add);
      bytes += log.data().length();
    }
    Chain.Block top =
        to == end.number()
            ? end
            : chain
                .block(to)
                .orElseThrow(() -> new MalformedAnswerException("block %d is gone".formatted(to)));
    checkPlaces(events, top);
    List<ChainEntry> entries = new ArrayList<>();
    for (ContractEvent event : events) {
      assembly.accept(event).ifPresent(entries::add);
    }
    if (to == end.number()) {
      checkHead(to); // not before: few nodes know what contracts held long ago
    }
    if (meter.isPresent()) {
      meter.get().read(chain, logs);
    }
    if (!entries.isEmpty()) {
      spool.add(entries);
      growth.grownTo(spool.size());
    }
    knownBlock = to;
    knownHash = top.hash();
    nextBlock = to + 1;
    contradictions = 0;
    adapt(bytes);
    return Duration.ZERO;
  }

  private void adapt(long bytes) {
    if (bytes > 2 * MANY_BYTES) {
      reach = Math.max(1, reach / 2);
    } else if (bytes < MANY_BYTES / 2) {
      reach = Math.min(MOST_BLOCKS, reach * 2);
    }
  }

  private Chain.Block lastFinal()
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    return switch (config.options().finality()) {
      case Finality.Latest latest -> chain.latest();
      case Finality.Finalized finalized -> finalized();
      case Finality.Depth(int blocks) -> {
        Chain.Block latest = chain.latest();
        long number = Math.max(0, latest.number() - blocks);
        yield chain
            .block(number)
            .orElseThrow(() -> new MalformedAnswerException("block %d is gone".formatted(number)));
      }
    };
  }

  private Chain.Block finalized()
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    try {
      return chain
          .block("finalized")
          .orElseThrow(() -> new RpcRefusal(0, "it knows no finalized block", Optional.empty()));
    } catch (RpcRefusal e) {
      throw new RpcRefusal(
          e.code(),
          "it knows no finalized block (%s); where blocks are final at once, as under QBFT, set finality: latest"
              .formatted(e.getMessage()),
          e.data());
    }
  }

  /**
   * Whether the block that was read last is still there. A node that is merely behind is waited
   * for; a chain without it, at every node, is another one.
   */
  private boolean isSameChain(Chain.Block end)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    if (knownHash == null || (end.number() == knownBlock && end.hash().equals(knownHash))) {
      return true;
    }
    if (end.number() == knownBlock + 1 && end.parent().equals(knownHash)) {
      return true;
    }
    Optional<Chain.Block> same = chain.block(knownBlock);
    if (same.isEmpty()) {
      complain(
          "the node at %s has %d blocks, fewer than were final"
              .formatted(chain.endpoints().current(), end.number()));
      return false;
    }
    if (same.get().hash().equals(knownHash)) {
      return true;
    }
    contradictions++;
    String reason =
        "block %d is %s and was %s when it was final"
            .formatted(knownBlock, abbreviated(same.get().hash()), abbreviated(knownHash));
    if (contradictions >= chain.endpoints().size()) {
      throw fork(reason, end.number());
    }
    chain.endpoints().blame(reason);
    return false;
  }

  private ForkException fork(String reason, long block)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    return new ForkException(
        "The chain has another history than before: %s; the finality %s is too weak for this network, or its nodes lie; compare heads with the other members"
            .formatted(reason, config.options().finality()),
        assembly.head(),
        headAt(block),
        Optional.empty());
  }

  private void checkPlaces(List<ContractEvent> events, Chain.Block top)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    Bytes before = knownBlock == nextBlock - 1 ? knownHash : null;
    if (top.number() == nextBlock && before != null && !top.parent().equals(before)) {
      throw new MalformedAnswerException(
          "block %d does not follow block %d".formatted(top.number(), knownBlock));
    }
    long checked = -1;
    for (ContractEvent event : events) {
      if (event.block() == checked) {
        continue;
      }
      Chain.Block block =
          event.block() == top.number()
              ? top
              : chain
                  .block(event.block())
                  .orElseThrow(() ->
                      new MalformedAnswerException("block %d is gone".formatted(event.block())));
      boolean timed =
          !(event instanceof ContractEvent.Appended appended)
              || appended.time() == block.seconds() * 1000;
      if (!block.hash().equals(event.blockHash()) || !timed) {
        throw new MalformedAnswerException(
            "an event of block %d is not of that block".formatted(event.block()));
      }
      checked = event.block();
    }
  }

  /**
   * A node that leaves out the last entries tells another head than follows from what it told. So
   * does anvil while it makes the next block, for a moment: it is asked twice.
   */
  private void checkHead(long block)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    Head there = headAt(block);
    if (!agrees(there) && !following.awaitClose(config.options().poll())) {
      there = headAt(block);
    }
    if (!agrees(there)) {
      throw new MalformedAnswerException(
          "the contract's head after block %d is %s, but what was told ends in %s"
              .formatted(block, there, assembly.head()));
    }
  }

  /** A node that was told less than is known here is merely behind. */
  private boolean agrees(Head there) {
    Head known = assembly.head();
    return there.position().compareTo(known.position()) < 0 || there.equals(known);
  }

  private Head headAt(long block)
      throws RpcRefusal, MalformedAnswerException, InterruptedException {
    Abi.Reader head =
        new Abi.Reader(
            chain.call(config.ledger().contract(), ContractCalls.head(), Chain.hex(block)));
    return new Head(new Position(head.number(0)), new Digest(head.word(1)));
  }

  private static String abbreviated(Bytes hash) {
    return hash.hex().substring(0, 8);
  }
}
