package org.madrigal.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.state.Phase;

/** Lets things go wrong for a while, by chance; afterwards everything is mended. */
final class Storm {

  private final Scenario scenario;
  private final Timeline timeline;
  private final Chance chance;
  private final Chance extra;
  private final SimulatedLedger ledger;
  private final Monitor monitor;
  private final Trace trace;
  private final Counts counts;
  private final List<Owner> owners;
  private final Map<MemberId, Outlet> outlets;
  private final Map<MemberId, SortedMap<String, Bytes>> backups = new TreeMap<>();
  private final List<Fault> likely;
  private final Duration gap;
  private boolean over;

  /**
   * A storm over the machines of {@code owners}.
   *
   * @param ledger what may fork
   */
  Storm(
      Scenario scenario,
      Timeline timeline,
      SimulatedLedger ledger,
      Monitor monitor,
      Trace trace,
      Counts counts,
      List<Owner> owners,
      Map<MemberId, Outlet> outlets) {
    this.scenario = scenario;
    this.timeline = timeline;
    this.ledger = ledger;
    this.monitor = monitor;
    this.trace = trace;
    this.counts = counts;
    this.owners = owners;
    this.outlets = outlets;
    chance = Chance.of(scenario.seed()).fork("storm");
    extra = chance.fork("lost disks");
    List<Fault> all = chance.shuffled(List.of(Fault.values()));
    likely = all.subList(0, chance.between(3, all.size()));
    gap = chance.between(Duration.ofSeconds(2), Duration.ofSeconds(60));
  }

  /** Begins; it ends by itself. */
  void begin() {
    next();
    for (Owner owner : owners) {
      if (scenario.gone().contains(owner.seat().member())) {
        timeline.after(chance.between(Duration.ZERO, scenario.storm()), owner::leave);
      }
    }
    if (scenario.fork()) {
      timeline.after(chance.between(Duration.ofSeconds(5), scenario.storm()), this::fork);
    }
    timeline.after(scenario.storm(), this::mend);
    Chance together = extra.fork("together");
    if (together.once(0.05)) {
      if (together.once(0.5)) {
        awaitModel();
      } else {
        timeline.after(together.between(Duration.ZERO, scenario.storm()), this::loseAllDisks);
      }
    }
  }

  /** All disks are lost when everybody has enrolled and nobody has brought the initial model. */
  private void awaitModel() {
    switch (Phases.of(monitor.observers().getFirst().state()).orElse(null)) {
      case null -> timeline.after(Duration.ofMillis(50), this::awaitModel);
      case Phase.Enrolling phase -> timeline.after(Duration.ofMillis(50), this::awaitModel);
      case Phase.AwaitingModel phase -> loseAllDisks();
      default -> {}
    }
  }

  private void loseAllDisks() {
    if (over) {
      return;
    }
    counts.count("all disks lost at once");
    trace.note("storm", "takes all disks");
    for (Owner owner : owners) {
      if (!owner.isGone() && owner.last().isEmpty()) {
        loseDisk(owner);
      }
    }
  }

  /** The new disk may fail while the member comes back. */
  private void loseDisk(Owner owner) {
    owner.seat().crash();
    owner.loseDisk(new TreeMap<>());
    if (extra.once(0.4)) {
      owner
          .seat()
          .parts()
          .disk()
          .failAfter(extra.below(12), extra.one(List.of(SimulatedDisk.Failure.values())));
    }
  }

  /** Whether everything is mended. */
  boolean isOver() {
    return over;
  }

  private void next() {
    timeline.after(
        chance.between(Duration.ZERO, gap.multipliedBy(2)),
        () -> {
          if (!over) {
            strike(chance.one(owners), chance.one(likely));
            next();
          }
        });
  }

  private void strike(Owner owner, Fault fault) {
    Seat seat = owner.seat();
    SimulatedDisk disk = seat.parts().disk();
    boolean spoils = fault == Fault.BACKUP && owner.isDamaged();
    if (owner.isGone() || owner.last().isPresent() || spoils || !isPossible(seat, fault)) {
      return;
    }
    counts.count(fault.words());
    trace.note(seat, "suffers " + fault.words());
    Duration meanwhile = chance.between(Duration.ofSeconds(1), Duration.ofSeconds(100));
    switch (fault) {
      case CRASH -> seat.crash();
      case DISK ->
          disk.failAfter(chance.below(8), chance.one(List.of(SimulatedDisk.Failure.values())));
      case APPEND -> {
        Outlet outlet = Objects.requireNonNull(outlets.get(seat.member()));
        outlet.failAt(outlet.appends() + chance.between(1, 4), chance.once(0.5));
      }
      case PARTITION -> {
        seat.parts().link().cut();
        timeline.after(meanwhile, seat.parts().link()::mend);
      }
      case CENSORSHIP -> {
        seat.parts().link().censor(true);
        timeline.after(meanwhile, () -> seat.parts().link().censor(false));
      }
      case BACKUP -> backups.put(seat.member(), backup(disk));
      case RESTORE -> {
        SortedMap<String, Bytes> backup = backupOf(seat);
        seat.crash();
        owner.loseDisk(backup);
      }
      case OLD_SECRETS -> {
        SortedMap<String, Bytes> backup = backupOf(seat);
        seat.crash();
        seat.harvest();
        SortedMap<String, Bytes> mixed = disk.backup();
        backup.forEach((name, content) -> {
          if (Owner.isSecret(name)) {
            mixed.put(name, content);
          }
        });
        owner.putBack(mixed);
      }
      case LOST_DISK -> {
        if (extra.once(0.4)) {
          // What was just said is on its way, and whoever said it knows nothing of it.
          owner.dying(true);
          Outlet outlet = Objects.requireNonNull(outlets.get(seat.member()));
          outlet.failAt(outlet.appends() + 1, true);
        } else {
          loseDisk(owner);
        }
      }
      case FLIPPED_BIT -> {
        seat.crash();
        seat.harvest();
        if (!disk.fragile().isEmpty()) {
          Map.Entry<String, Integer> file = chance.one(disk.fragile());
          disk.flip(file.getKey(), file.getValue());
          owner.flipped();
        }
      }
      case SLOW -> {
        seat.slowest(Duration.ofSeconds(chance.between(10, 90)));
        timeline.after(meanwhile, () -> seat.slowest(Duration.ofMillis(400)));
      }
      case TRAINING -> seat.parts().trainer().failNext(chance.between(1, 6));
      case CLOCK -> seat.parts().clock().jump(chance.between(-60_000, 60_000));
      case STOP -> seat.node().stop();
    }
  }

  private boolean isPossible(Seat seat, Fault fault) {
    boolean runs = seat.isRunning();
    return switch (fault) {
      case CRASH, DISK, APPEND, STOP, LOST_DISK -> runs;
      case FLIPPED_BIT -> runs && !seat.parts().disk().fragile().isEmpty();
      case RESTORE, OLD_SECRETS -> runs && backups.containsKey(seat.member());
      case PARTITION, CENSORSHIP, BACKUP, SLOW, TRAINING, CLOCK -> true;
    };
  }

  private SortedMap<String, Bytes> backupOf(Seat seat) {
    return Objects.requireNonNull(backups.get(seat.member()));
  }

  /** As the manual asks for, without the secrets of epochs; or of everything. */
  private SortedMap<String, Bytes> backup(SimulatedDisk disk) {
    SortedMap<String, Bytes> files = disk.backup();
    if (chance.once(0.3)) {
      files.keySet().removeIf(name -> Owner.isSecret(name) && !name.endsWith("/keys"));
    }
    return files;
  }

  private void fork() {
    List<MemberId> members = chance.shuffled(List.copyOf(scenario.keys().keySet()));
    monitor.forked();
    trace.note("ledger", "shows two histories from now on");
    ledger.fork(new TreeSet<>(members.subList(0, chance.between(1, members.size() - 1))));
    owners.forEach(Owner::mayFork);
    if (chance.once(0.8)) {
      leak();
    }
  }

  /** Whoever orders both histories may show one what was said in the other. */
  private void leak() {
    timeline.after(
        chance.between(Duration.ofSeconds(1), Duration.ofSeconds(60)),
        () -> {
          for (Branch branch : ledger.branches()) {
            if (!branch.entries().isEmpty()) {
              Entry entry = branch.entries().getLast();
              ledger.leak(entry.statement(), entry.attachment());
            }
          }
          if (timeline.elapsed().compareTo(scenario.storm()) < 0) {
            leak();
          }
        });
  }

  private void mend() {
    over = true;
    trace.note("storm", "is over");
    for (Owner owner : owners) {
      Seat seat = owner.seat();
      seat.parts().link().mend();
      seat.parts().link().censor(false);
      seat.parts().trainer().failNext(0);
      seat.slowest(Duration.ofMillis(400));
      seat.parts().disk().calm();
      owner.dying(false);
      Objects.requireNonNull(outlets.get(seat.member())).failAt(Long.MAX_VALUE, false);
    }
  }
}
