package org.madrigal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.stream.Stream;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.Phase;
import org.madrigal.ledger.MemoryLedger;
import org.madrigal.node.Approvals;
import org.madrigal.node.Delays;
import org.madrigal.node.Ending;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.Node;
import org.madrigal.node.NodeConfig;
import org.madrigal.node.NodeOptions;
import org.madrigal.node.Policy;
import org.madrigal.node.Surroundings;

/**
 * Real nodes with real journals on a real disk, turned by one thread on one ledger in memory, with
 * trainers that cost nothing: what a round costs outside the trainer.
 */
final class Company implements AutoCloseable {

  private static final Delays DELAYS =
      new Delays(
          Duration.ofHours(1),
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofHours(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ZERO);

  private final Path folder;
  private final MemoryLedger ledger = new MemoryLedger(() -> Instant.ofEpochSecond(1_700_000_000));
  private final List<Node> nodes = new ArrayList<>();
  private final List<MemberFolder> folders = new ArrayList<>();
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  /**
   * The members of {@code charter} in its first round.
   *
   * @param keys their keys, in the charter's order
   */
  Company(Charter charter, List<SigningKey> keys) throws IOException {
    folder = Files.createTempDirectory("madrigal-bench");
    for (int member = 0; member < keys.size(); member++) {
      MemberFolder opened =
          MemberFolder.open(
              Files.createDirectory(folder.resolve(charter.roster().get(member).id().value())));
      folders.add(opened);
      Identity identity =
          new Identity(charter.roster().get(member).id(), keys.get(member), charter);
      Approvals.approve(opened, identity, ledger.identity(), Policy.PERMISSIVE);
      nodes.add(
          Node.open(
              new NodeConfig(
                  identity,
                  opened,
                  new OwnCopyLedger(ledger),
                  new StillTrainer(charter.layout(), member),
                  new Surroundings(
                      () -> Instant.ofEpochSecond(1_700_000_000),
                      new Random(member),
                      new Random(-member),
                      tasks::add,
                      tasks::add),
                  NodeOptions.DEFAULT.with(DELAYS),
                  event -> {})));
    }
    playTo(1);
  }

  /** Turns all nodes until every one of them is in round {@code number}. */
  void playTo(int number) {
    while (!nodes.stream().allMatch(node -> round(node) >= number)) {
      for (Node node : nodes) {
        Optional<Ending> ending = node.turn();
        if (ending.isPresent()) {
          throw new IllegalStateException("A node ended early: " + ending.get());
        }
        for (int count = tasks.size(); count > 0; count--) {
          tasks.remove().run();
        }
      }
    }
  }

  private static int round(Node node) {
    Phase phase = node.state().federation().map(Federation::phase).orElse(null);
    if (phase instanceof Phase.Training training) {
      return training.open().round().value();
    }
    return phase instanceof Phase.Confidential masked && masked.epoch().key().isPresent()
        ? masked.round().value()
        : 0;
  }

  /** Everything on the ledger. */
  List<Entry> entries() {
    try {
      return ledger.read(Position.FIRST, Integer.MAX_VALUE, Duration.ZERO);
    } catch (InterruptedException e) {
      throw new IllegalStateException("A ledger in memory does not wait", e);
    }
  }

  @Override
  public void close() throws IOException {
    nodes.forEach(Node::close);
    folders.forEach(MemberFolder::close);
    ledger.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
