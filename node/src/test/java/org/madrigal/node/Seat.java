package org.madrigal.node;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.ledger.Ledger;
import org.madrigal.ledger.Peers;
import org.madrigal.node.attachment.Keeping;
import org.madrigal.node.attachment.Shelf;
import org.madrigal.node.disk.MemoryDisk;
import org.madrigal.node.disk.PowerLoss;
import org.madrigal.trainer.Trainer;

/**
 * The place of one member in a {@link TestFederation}: its disk, and a node that comes and goes.
 */
final class Seat {

  final MemberId member;
  final Identity identity;
  final List<NodeEvent> events = new ArrayList<>();
  MemoryDisk disk = new MemoryDisk();
  NodeOptions options;
  Trainer trainer;
  Optional<Ending> ending = Optional.empty();
  int crashes;
  private int starts;

  private final Function<MemberId, Peers> peers;
  private final Ledger ledger;
  private final InstantSource clock;
  private @Nullable Node node;
  private @Nullable MemberFolder folder;
  private @Nullable Shelf shelf;
  private Queue<Runnable> tasks = new ArrayDeque<>();

  Seat(Charter charter, int place, Ledger ledger, InstantSource clock, Trainer trainer) {
    this(charter, place, ledger, clock, trainer, member -> Peers.NONE);
  }

  Seat(
      Charter charter,
      int place,
      Ledger ledger,
      InstantSource clock,
      Trainer trainer,
      Function<MemberId, Peers> peers) {
    this.peers = peers;
    member = Charters.id(place);
    identity = new Identity(member, Charters.key(place), charter);
    this.ledger = ledger;
    this.clock = clock;
    this.trainer = trainer;
    options = NodeOptions.DEFAULT.with(TestFederation.DELAYS);
  }

  /** The owner approves the charter. */
  void approve() {
    try (MemberFolder opened = MemberFolder.open(disk)) {
      Approvals.approve(opened, identity, ledger.identity(), options.policy());
    }
  }

  /** The owner starts a node. */
  void start() {
    MemberFolder opened = MemberFolder.open(disk);
    folder = opened;
    shelf = opened.shelf();
    Queue<Runnable> queue = new ArrayDeque<>();
    tasks = queue;
    ending = Optional.empty();
    try {
      node =
          Node.open(
              new NodeConfig(
                  identity,
                  opened,
                  ledger,
                  trainer,
                  new Keeping(shelf, peers.apply(member)),
                  new Surroundings(clock, new Random(7), secrets(), queue::add, queue::add),
                  options,
                  events::add));
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Never the same draws again after a restart: that must not be needed. No signing key's, too. */
  private Random secrets() {
    return new Random((1L << 40) + 1000L * identity.charter().placeOf(member) + starts++);
  }

  /** The attachments off the ledger that the member keeps. */
  Shelf shelf() {
    return isRunning()
        ? Optional.ofNullable(shelf).orElseThrow()
        : Shelf.open(disk, MemberFolder.ATTACHMENTS);
  }

  boolean isRunning() {
    return node != null;
  }

  Node node() {
    return Optional.ofNullable(node).orElseThrow();
  }

  /** The power fails: what the disk does not hold is gone. */
  void crash() {
    node = null;
    tasks = new ArrayDeque<>();
    disk = disk.copy();
    crashes++;
  }

  /** The disk is gone, with everything on it but the key. */
  void loseDisk() {
    crash();
    disk = new MemoryDisk();
  }

  /** One turn of the node and of everything that it waits for. */
  void turn() {
    Node running = node;
    if (running == null) {
      return;
    }
    try {
      ending = running.turn();
      if (ending.isPresent()) {
        running.close();
        Optional.ofNullable(folder).orElseThrow().close();
        node = null;
        return;
      }
      for (int count = tasks.size(); count > 0; count--) {
        tasks.remove().run();
      }
    } catch (PowerLoss e) {
      crash();
    }
  }

  /** The troubles that the node told of. */
  List<String> troubles() {
    return events.stream()
        .filter(NodeEvent.Trouble.class::isInstance)
        .map(event -> ((NodeEvent.Trouble) event).sentence())
        .toList();
  }
}
