package org.madrigal.app.simulate;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.madrigal.app.cli.ExitCode;
import org.madrigal.app.cli.Failure;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.SigningKey;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Attachments;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.State;
import org.madrigal.ledger.MemoryLedger;
import org.madrigal.node.Identity;
import org.madrigal.node.MemberFolder;
import org.madrigal.node.attachment.Shelf;
import org.madrigal.node.vault.Vault;
import org.madrigal.trainer.Trainer;

/**
 * A whole federation in this process: each member is a node as in production, with its own key,
 * journal and replay; the ledger, the journals and the outboxes are in memory.
 */
public final class Simulation {

  private final DrawnFederation federation;
  private final SortedMap<MemberId, Trainer> trainers;

  /** Hears of each new global model, and says when enough is enough. */
  @FunctionalInterface
  public interface Watcher {

    /**
     * A round has produced a model.
     *
     * @param absent the members whose updates are missing in it
     * @return whether the simulation shall go on
     */
    boolean closed(GlobalModel model, List<MemberId> absent) throws InterruptedException;
  }

  /**
   * What the federation came to.
   *
   * @param rounds how many rounds produced a model
   * @param model the last model
   * @param head the history that gives it
   */
  public record Result(int rounds, GlobalModel model, Head head) {}

  /**
   * A federation that was not started yet.
   *
   * @param trainers one for each member; the caller closes them
   */
  public Simulation(DrawnFederation federation, SortedMap<MemberId, Trainer> trainers) {
    this.federation = federation;
    this.trainers = trainers;
    if (!trainers.keySet().equals(federation.keys().keySet())) {
      throw new IllegalArgumentException(
          "There are trainers for %s, but the members are %s"
              .formatted(trainers.keySet(), federation.keys().keySet()));
    }
  }

  /**
   * Runs the federation to its end, or until {@code watcher} has enough; then replays its ledger
   * from nothing.
   *
   * @throws Failure if a member fails, the federation halts or the replay gives something else
   */
  public Result run(Watcher watcher) throws InterruptedException {
    Charter charter = federation.charter();
    SortedMap<MemberId, VolatileDisk> disks = new TreeMap<>();
    try (MemoryLedger ledger = new MemoryLedger(InstantSource.system());
        Nodes nodes = Nodes.simulated()) {
      for (Map.Entry<MemberId, SigningKey> key : federation.keys().entrySet()) {
        VolatileDisk disk = new VolatileDisk();
        disks.put(key.getKey(), disk);
        nodes.open(
            new Identity(key.getKey(), key.getValue(), charter),
            MemberFolder.open(disk),
            ledger,
            Optional.ofNullable(trainers.get(key.getKey())).orElseThrow());
      }
      Last last = new Last(watcher);
      nodes.run((entry, outcome) -> last.hear(outcome));
      Result result = last.result();
      FreshReplay.check(ledger, State.initial(charter.id()), keys(disks), kept(disks), result);
      return result;
    }
  }

  /** The attachments off the ledger that any member keeps. */
  private static Attachments kept(SortedMap<MemberId, VolatileDisk> disks) {
    List<Shelf> shelves =
        disks.values().stream().map(disk -> Shelf.open(disk, MemberFolder.ATTACHMENTS)).toList();
    return wanted -> shelves.stream().flatMap(shelf -> shelf.find(wanted).stream()).findFirst();
  }

  /** The epoch keys of the first member. */
  private EpochKeys keys(SortedMap<MemberId, VolatileDisk> disks) {
    MemberId first = disks.firstKey();
    EpochKeys keys = EpochKeys.NONE;
    for (Secret key :
        Vault.readKeys(
            Optional.ofNullable(disks.get(first)).orElseThrow(),
            MemberFolder.SECRETS,
            federation.charter().id(),
            first,
            Optional.ofNullable(federation.keys().get(first)).orElseThrow())) {
      keys = keys.with(key);
    }
    return keys;
  }

  /** The last model so far. */
  private static final class Last {
    private final Watcher watcher;
    private @Nullable Result result;
    private int rounds;

    private Last(Watcher watcher) {
      this.watcher = watcher;
    }

    private boolean hear(Outcome outcome) throws InterruptedException {
      boolean go = true;
      for (Event event : outcome.events()) {
        if (event instanceof Event.RoundClosed closed) {
          rounds++;
          result = new Result(rounds, closed.model(), outcome.state().history().head());
          go &= watcher.closed(closed.model(), closed.absent());
        }
      }
      return go;
    }

    private Result result() {
      if (result == null) {
        throw new Failure(
            ExitCode.TRAINING, "No round has produced a model: every sum was out of range.");
      }
      return result;
    }
  }
}
