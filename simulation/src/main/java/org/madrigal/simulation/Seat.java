package org.madrigal.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Phase;
import org.madrigal.ledger.Ledger;
import org.madrigal.node.Approvals;
import org.madrigal.node.Delays;
import org.madrigal.node.Ending;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.Node;
import org.madrigal.node.NodeConfig;
import org.madrigal.node.NodeEvent;
import org.madrigal.node.NodeOptions;
import org.madrigal.node.Policy;
import org.madrigal.node.Surroundings;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.journal.Signing;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.vault.Vault;

/**
 * The place of one member: its machine, with a node that comes and goes. The node turns when there
 * is something for it, and a while after it last did.
 */
final class Seat {

  /** How long nodes wait, by their own clocks. */
  static final Delays DELAYS =
      new Delays(
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ZERO);

  private static final Duration TICK = Duration.ofSeconds(2);

  /** What hears of a seat. */
  interface Ear {

    /** The node told of something. */
    void told(Seat seat, NodeEvent event);

    /** The node ended, for a reason of its own. */
    void ended(Seat seat, Ending ending);

    /** The power failed. */
    void crashed(Seat seat);

    /** The machine broke a promise. */
    void broke(Seat seat, String what);
  }

  /**
   * What a seat is made of.
   *
   * @param identity who sits there
   * @param disk its disk
   * @param clock its clock
   * @param link its way to the ledger, which knows when there is nothing to read
   * @param ledger what the node is given as the ledger
   * @param replay how the node replays
   * @param trainer its trainer
   */
  record Parts(
      Identity identity,
      SimulatedDisk disk,
      DriftingClock clock,
      Link link,
      Ledger ledger,
      Surroundings.Replayer replay,
      SimulatedTrainer trainer) {}

  private final Parts parts;
  private final Timeline timeline;
  private final Chance chance;
  private final Ear ear;
  private final List<Secret> keys = new ArrayList<>();
  private @Nullable Node node;
  private @Nullable MemberFolder folder;
  private int generation;
  private long turnAt = Long.MAX_VALUE;
  private boolean rejoining;
  private boolean slotOver;
  private boolean keyDealt;
  private Duration slowest = Duration.ofMillis(400);

  Seat(Parts parts, Timeline timeline, Chance chance, Ear ear) {
    this.parts = parts;
    this.timeline = timeline;
    this.chance = chance;
    this.ear = ear;
  }

  MemberId member() {
    return parts.identity().member();
  }

  Parts parts() {
    return parts;
  }

  boolean isRunning() {
    return node != null;
  }

  /** The node that runs. */
  Node node() {
    return Optional.ofNullable(node).orElseThrow();
  }

  /** Training takes up to {@code most} from now on. */
  void slowest(Duration most) {
    slowest = most;
  }

  /** From the next start on, until the node has caught up, its owner says that it rejoins. */
  void rejoin() {
    rejoining = true;
  }

  /** Every epoch key that the member has ever had. */
  List<Secret> keys() {
    return keys;
  }

  // ---- the owner --------------------------------------------------------------------------------

  /** The owner approves the charter, and starts a node. */
  void start() {
    if (node != null) {
      return;
    }
    parts.disk().restart();
    generation++;
    try {
      MemberFolder opened = MemberFolder.open(parts.disk());
      folder = opened;
      Approvals.approve(opened, parts.identity(), parts.ledger().identity(), Policy.PERMISSIVE);
      NodeOptions options = NodeOptions.DEFAULT.with(DELAYS);
      node =
          Node.open(
              new NodeConfig(
                  parts.identity(),
                  opened,
                  parts.ledger(),
                  parts.trainer(),
                  surroundings(),
                  rejoining ? options.rejoining() : options,
                  this::hear));
      wake(Duration.ZERO);
    } catch (PowerFailure e) {
      crash();
    } catch (NodeException e) {
      end(new Ending.Failed(e));
    }
  }

  private Surroundings surroundings() {
    Chance own = chance.fork(generation);
    Executor edges = task -> run(task, own.between(Duration.ofMillis(1), Duration.ofMillis(20)));
    Executor work = task -> run(task, own.between(Duration.ofMillis(5), slowest));
    return new Surroundings(
        parts.clock(),
        own.fork("backoff").generator(),
        own.fork("secrets").generator(),
        edges,
        work,
        parts.replay());
  }

  private void run(Runnable task, Duration delay) {
    int started = generation;
    timeline.after(
        delay,
        () -> {
          if (started != generation || node == null) {
            return;
          }
          parts.link().wasIdle();
          task.run();
          if (parts.disk().isDead()) {
            crash();
          } else if (!parts.link().wasIdle()) {
            wake(Duration.ofMillis(1));
          }
        });
  }

  /** The node turns in {@code wait}, or earlier. */
  void wake(Duration wait) {
    long at = timeline.millis() + wait.toMillis();
    if (node == null || at >= turnAt) {
      return;
    }
    turnAt = at;
    int started = generation;
    timeline.at(
        at,
        () -> {
          if (started == generation && turnAt == at) {
            turnAt = Long.MAX_VALUE;
            turn();
          }
        });
  }

  private void turn() {
    Node running = node;
    if (running == null) {
      return;
    }
    try {
      Optional<Ending> ending = running.turn();
      if (ending.isPresent()) {
        running.close();
        end(ending.get());
        return;
      }
    } catch (PowerFailure e) {
      crash();
      return;
    }
    look();
    wake(TICK);
  }

  private void end(Ending ending) {
    harvest();
    leave();
    ear.ended(this, ending);
  }

  /** The power fails: what the disk does not hold is gone. */
  void crash() {
    if (folder != null) {
      leave();
      ear.crashed(this);
    }
  }

  private void leave() {
    node = null;
    folder = null;
    generation++;
    turnAt = Long.MAX_VALUE;
    parts.disk().restart();
  }

  // ---- what its machine holds -------------------------------------------------------------------

  private void hear(NodeEvent event) {
    if (event instanceof NodeEvent.CaughtUp) {
      rejoining = false;
    } else if (event instanceof NodeEvent.Judged judged) {
      for (Event each : judged.outcome().events()) {
        slotOver |= each instanceof Event.SlotOpened || each instanceof Event.SlotAbandoned;
        keyDealt |= each instanceof Event.KeyDealt;
      }
    }
    ear.told(this, event);
  }

  /** After a turn: takes note of new keys, and looks for secrets that should be gone. */
  private void look() {
    if (keyDealt) {
      keyDealt = false;
      harvest();
    }
    if (slotOver) {
      slotOver = false;
      leftover().ifPresent(slot -> ear.broke(this, "it keeps secrets of slot %s".formatted(slot)));
    }
  }

  /** Takes note of the epoch keys on the disk, as an auditor who was granted them. */
  void harvest() {
    for (Secret key : onDisk()) {
      if (!keys.contains(key)) {
        keys.add(key);
      }
    }
  }

  /** The epoch keys that are on the disk. */
  EpochKeys keysNow() {
    EpochKeys now = EpochKeys.NONE;
    for (Secret key : onDisk()) {
      now = now.with(key);
    }
    return now;
  }

  /** None where the file is damaged: the owner will see that when the node starts. */
  private List<Secret> onDisk() {
    try {
      return Vault.readKeys(
          parts.disk().copy(),
          MemberFolder.SECRETS,
          parts.identity().charter().id(),
          member(),
          parts.identity().key());
    } catch (NodeException e) {
      return List.of();
    }
  }

  /** A slot that has ended, and of which secrets are still on the disk. */
  private Optional<SlotNumber> leftover() {
    Optional<SlotNumber> now = Phases.confidential(node().state()).map(Phase.Confidential::slot);
    if (now.isEmpty()) {
      return Optional.empty();
    }
    return vaultOnDisk().all().stream()
        .flatMap(secrets -> secrets.slots().stream())
        .filter(slot -> slot.compareTo(now.get()) < 0)
        .findFirst();
  }

  /** The secrets that are on the disk. */
  Vault vaultOnDisk() {
    return Vault.open(
        parts.disk().copy(),
        MemberFolder.SECRETS,
        parts.identity().charter().id(),
        member(),
        parts.identity().key(),
        chance.fork("look").generator());
  }

  /** The statements that the journal holds. */
  Set<Digest> journal() {
    SimulatedDisk copy = parts.disk().copy();
    Set<Digest> said = new HashSet<>();
    if (!SigningJournal.exists(copy, MemberFolder.JOURNAL)) {
      return said;
    }
    try (SigningJournal journal =
        SigningJournal.open(
            copy,
            MemberFolder.JOURNAL,
            parts.identity().charter().id(),
            parts.identity().key().verifyingKey())) {
      for (Signing signing : journal.signings()) {
        if (signing instanceof Signing.Said each) {
          said.add(each.statement().digest());
        }
      }
    }
    return said;
  }

  @Override
  public String toString() {
    return member().value();
  }
}
