package org.madrigal.app.simulate;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Replay;
import org.madrigal.ledger.Ledger;
import org.madrigal.node.Approvals;
import org.madrigal.node.Ending;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.Node;
import org.madrigal.node.NodeConfig;
import org.madrigal.node.NodeEvent;
import org.madrigal.node.NodeOptions;
import org.madrigal.node.Policy;
import org.madrigal.node.SharedReplay;
import org.madrigal.node.Surroundings;
import org.madrigal.node.attachment.Keeping;
import org.madrigal.node.attachment.NearPeers;
import org.madrigal.node.attachment.Shelf;
import org.madrigal.trainer.Trainer;

/**
 * Nodes in this process, each on a thread of its own. What the first of them reads is told to one
 * who watches, on the watcher's thread and in the ledger's order.
 */
public final class Nodes implements AutoCloseable {

  /** Large models train for long. */
  private static final Duration SIMULATED_PATIENCE = Duration.ofMinutes(30);

  private static final Duration LAST_MOMENTS = Duration.ofSeconds(30);

  private final ExecutorService edges = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService work =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          Thread.ofPlatform().daemon().name("work-", 0).factory());
  private final Surroundings surroundings;
  private final boolean strict;
  private final Duration patience;
  private final NearPeers peers = new NearPeers();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private volatile String trouble = "";

  private sealed interface News {}

  private record Judged(Entry entry, Outcome outcome) implements News {}

  private record Ended(MemberId member, Ending ending) implements News {}

  private record Failed(RuntimeException reason) implements News {}

  /** Hears of each entry, and says when enough is enough. */
  @FunctionalInterface
  public interface Watcher {

    /** An entry was read and judged; says whether to go on. */
    boolean judged(Entry entry, Outcome outcome) throws InterruptedException;
  }

  private Nodes(boolean strict, Duration patience, Surroundings.Replayer replay) {
    this.strict = strict;
    this.patience = patience;
    this.surroundings =
        new Surroundings(
            InstantSource.system(),
            new SplittableRandom(0),
            new SecureRandom(),
            edges,
            work,
            replay);
  }

  /**
   * No nodes yet: as in production, each will replay for itself and get over trouble.
   *
   * @param patience how long nothing may happen before that is a failure
   */
  public static Nodes likeInProduction(Duration patience) {
    return new Nodes(false, patience, Replay::attempt);
  }

  /**
   * No nodes yet: what they all read is replayed once for all of them, and trouble ends everything,
   * because nothing but the training itself can fail.
   */
  public static Nodes simulated() {
    return new Nodes(true, SIMULATED_PATIENCE, new SharedReplay());
  }

  /**
   * Approves {@code charter} for a member, as its owner would, and opens its node.
   *
   * @param folder where the member keeps what must last; the caller closes it
   */
  public void open(Identity identity, MemberFolder folder, Ledger ledger, Trainer trainer) {
    open(identity, folder, ledger, trainer, NodeOptions.DEFAULT);
  }

  /** As {@link #open(Identity, MemberFolder, Ledger, Trainer)}, with other options. */
  public void open(
      Identity identity, MemberFolder folder, Ledger ledger, Trainer trainer, NodeOptions options) {
    open(identity, folder, ledger, trainer, options, keeping(identity, folder));
  }

  /** As above, getting attachments off the ledger in its own way. */
  public void open(
      Identity identity,
      MemberFolder folder,
      Ledger ledger,
      Trainer trainer,
      NodeOptions options,
      Keeping keeping) {
    Approvals.approve(folder, identity, ledger.identity(), Policy.PERMISSIVE);
    boolean first = nodes.isEmpty();
    nodes.add(
        Node.open(
            new NodeConfig(
                identity,
                folder,
                ledger,
                trainer,
                keeping,
                surroundings,
                options,
                event -> hear(identity.member(), event, first))));
    Node node = nodes.getLast();
    threads.add(
        Thread.ofVirtual().name(identity.member().value()).unstarted(() -> run(identity, node)));
  }

  /** All members get attachments off the ledger from each other: they are in one process. */
  private Keeping keeping(Identity identity, MemberFolder folder) {
    Shelf shelf = folder.shelf();
    peers.add(identity.member(), shelf);
    return new Keeping(shelf, peers);
  }

  /**
   * Starts all nodes and tells of what they read, until all have ended or the watcher has enough.
   *
   * @throws Failure if a node fails or the federation halts
   */
  public void run(Watcher watcher) throws InterruptedException {
    threads.forEach(Thread::start);
    int ended = 0;
    while (ended < nodes.size()) {
      switch (news.poll(patience.toSeconds(), TimeUnit.SECONDS)) {
        case null ->
            throw new Failure(
                ExitCode.TRAINING,
                "Nothing has happened for %d minutes%s."
                    .formatted(
                        patience.toMinutes(),
                        trouble.isEmpty() ? "" : "; the last trouble: " + trouble));
        case Judged judged -> {
          if (!watcher.judged(judged.entry(), judged.outcome())) {
            return;
          }
        }
        case Failed failed -> throw failed.reason();
        case Ended end -> {
          check(end);
          ended++;
        }
      }
    }
  }

  private void run(Identity identity, Node node) {
    try {
      news.add(new Ended(identity.member(), node.run()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      news.add(new Failed(e)); // whatever it is: thrown again where somebody waits for news
    }
  }

  private void hear(MemberId member, NodeEvent event, boolean tells) {
    if (tells && event instanceof NodeEvent.Judged judged) {
      news.add(new Judged(judged.entry(), judged.outcome()));
    } else if (event instanceof NodeEvent.Trouble(String sentence)) {
      trouble = "%s: %s".formatted(member, sentence);
      if (strict) {
        news.add(
            new Failed(
                new Failure(
                    ExitCode.TRAINING,
                    "Training failed for '%s': %s.".formatted(member, sentence))));
      }
    }
  }

  private static void check(Ended end) {
    switch (end.ending()) {
      case Ending.Finished finished -> {}
      case Ending.FinishedUnread unread ->
          throw new Failure(
              ExitCode.CLOSED,
              "Training is over, but '%s' was not given the key that opens the model of round %s."
                  .formatted(end.member(), unread.round()));
      case Ending.Halted halted ->
          throw new Failure(
              ExitCode.HALTED,
              "The federation has halted: %d members are left, fewer than its minimum."
                  .formatted(halted.remaining()));
      case Ending.Failed failed -> throw failed.cause();
      case Ending.LedgerFailed failed ->
          throw new Failure(ExitCode.UNREACHABLE, failed.sentence() + ".");
      case Ending.Forked forked -> throw new Failure(ExitCode.FORK, forked.sentence() + ".");
      case Ending.UnknownVoice voice ->
          throw new Failure(ExitCode.UNKNOWN_VOICE, voice.sentence() + ".");
      case Ending.Excluded excluded ->
          throw new Failure(
              ExitCode.EXCLUDED, "The others voted '%s' out.".formatted(end.member()));
      case Ending.Stopped stopped ->
          throw new Failure(ExitCode.INTERRUPTED, "Stopped before the end.");
    }
  }

  /** Stops the nodes and waits until they have closed their journals. */
  @Override
  public void close() {
    nodes.forEach(Node::stop);
    try {
      for (Thread thread : threads) {
        thread.join(LAST_MOMENTS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    work.shutdownNow();
    edges.shutdownNow();
  }
}
