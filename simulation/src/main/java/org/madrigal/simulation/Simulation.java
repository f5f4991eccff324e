package org.madrigal.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.Member;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Rules;
import org.madrigal.core.protocol.Secrecy;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement;
import org.madrigal.ledger.Ledger;
import org.madrigal.node.Ending;
import org.madrigal.node.Identity;
import org.madrigal.node.NodeEvent;
import org.madrigal.node.SharedReplay;
import org.madrigal.node.Surroundings;

/** One federation under one seed, from the first start of its nodes to the end. */
final class Simulation implements Seat.Ear, SimulatedLedger.Watcher {

  private static final long MOST_EVENTS = 3_000_000;

  private static final Duration READING = Duration.ofMinutes(10);

  private final Scenario scenario;
  private final Timeline timeline = new Timeline();
  private final Trace trace;
  private final Counts counts = new Counts();
  private final Monitor monitor;
  private final SimulatedLedger ledger;

  /** The observers and the audit replay for themselves, and hold the nodes to that. */
  private final Surroundings.Replayer shared = new SharedReplay();

  private final Map<MemberId, Seat> seats = new TreeMap<>();
  private final Map<MemberId, Owner> owners = new TreeMap<>();
  private final Map<MemberId, Outlet> outlets = new TreeMap<>();
  private final Map<MemberId, SimulatedTrainer> trainers = new TreeMap<>();
  private final List<Adversary> adversaries = new ArrayList<>();
  private final Storm storm;
  private long events;

  /**
   * Members who have approved nothing yet.
   *
   * @param keeping whether people are going to read the trace
   */
  Simulation(Scenario scenario, boolean keeping) {
    this.scenario = scenario;
    trace = new Trace(timeline, keeping);
    monitor = new Monitor(scenario, trace, counts);
    Chance chance = Chance.of(scenario.seed());
    ledger =
        new SimulatedLedger(
            timeline,
            scenario.isCalm() ? timeline : new DriftingClock(timeline, 0, drift(chance)),
            chance.fork("ledger"),
            scenario.habits(),
            counts,
            this);
    for (Member member : scenario.charter().roster()) {
      sit(member.id(), chance.fork(member.id()));
    }
    storm =
        new Storm(
            scenario,
            timeline,
            ledger,
            monitor,
            trace,
            counts,
            owners.values().stream()
                .filter(owner -> scenario.isHonest(owner.seat().member()))
                .toList(),
            outlets);
  }

  private static double drift(Chance chance) {
    return (chance.fork("ledger clock").below(2001) - 1000) * 1e-6;
  }

  private void sit(MemberId member, Chance chance) {
    Identity identity =
        new Identity(
            member,
            Optional.ofNullable(scenario.keys().get(member)).orElseThrow(),
            scenario.charter());
    SimulatedDisk disk = new SimulatedDisk(chance.fork("disk"));
    Link link = ledger.link(member);
    SimulatedTrainer trainer =
        new SimulatedTrainer(
            scenario.charter(), member, Chance.of(scenario.seed()).fork("training"));
    Chance times = chance.fork("clock");
    DriftingClock clock =
        scenario.isCalm()
            ? new DriftingClock(timeline, 0, 0)
            : new DriftingClock(
                timeline, times.between(-3000, 3000), (times.below(2001) - 1000) * 1e-6);
    Ledger given;
    Surroundings.Replayer how;
    if (scenario.isHonest(member)) {
      Outlet outlet = new Outlet(link, disk, statement -> said(member, statement));
      outlets.put(member, outlet);
      given = outlet;
      how = shared;
    } else {
      SortedSet<Trick> tricks =
          Optional.ofNullable(scenario.adversaries().get(member)).orElseThrow();
      Adversary adversary =
          new Adversary(identity, tricks, link, shared, timeline, chance.fork("adversary"));
      adversaries.add(adversary);
      tricks.forEach(trick -> counts.count("adversary: " + trick));
      given = adversary;
      how = adversary;
    }
    Seat seat =
        new Seat(
            new Seat.Parts(identity, disk, clock, link, given, how, trainer),
            timeline,
            chance.fork("seat"),
            this);
    seats.put(member, seat);
    trainers.put(member, trainer);
    owners.put(
        member,
        new Owner(
            seat,
            timeline,
            chance.fork("owner"),
            monitor,
            trace,
            counts,
            scenario.isCalm() ? Duration.ofSeconds(3) : Duration.ofSeconds(60)));
  }

  // ---- what goes on -----------------------------------------------------------------------------

  /** The disk of a member. */
  SimulatedDisk disk(MemberId member) {
    return seat(member).parts().disk();
  }

  /** The way out of an honest member's node. */
  Outlet outlet(MemberId member) {
    return Optional.ofNullable(outlets.get(member)).orElseThrow();
  }

  private Seat seat(MemberId member) {
    return Optional.ofNullable(seats.get(member)).orElseThrow();
  }

  private Owner owner(MemberId member) {
    return Optional.ofNullable(owners.get(member)).orElseThrow();
  }

  /** Plays to the end, and looks at what there is then. */
  Report play() {
    playOn();
    if (monitor.violation().isEmpty()) {
      new Verdicts(scenario, monitor, ledger, trainers, counts).check(owners.values());
    }
    return report();
  }

  /** Plays to the end, for the trace alone. */
  Report playOn() {
    trace.note("seed", scenario.describe());
    Chance chance = Chance.of(scenario.seed()).fork("beginning");
    for (Owner owner : owners.values()) {
      owner.startAfter(
          scenario.isCalm()
              ? Duration.ZERO
              : chance.between(Duration.ZERO, Duration.ofSeconds(20)));
    }
    adversaries.forEach(Adversary::begin);
    if (!scenario.storm().isZero()) {
      storm.begin();
    }
    Duration most = scenario.storm().plus(bound());
    while (monitor.violation().isEmpty()
        && !isDone()
        && isTimeLeft(most)
        && events < MOST_EVENTS
        && step()) {
      events++;
    }
    return report();
  }

  private Report report() {
    return new Report(
        scenario.seed(),
        scenario.describe(),
        monitor.rounds(),
        events,
        counts.counts(),
        monitor.violation(),
        trace.digest(),
        trace.lines());
  }

  /** Nothing of ours may throw anything else than what the simulation throws. */
  private boolean step() {
    try {
      return timeline.step();
    } catch (PowerFailure e) {
      throw e;
    } catch (RuntimeException | Error e) {
      List<StackTraceElement> where = List.of(e.getStackTrace());
      monitor.violated(
          "code", "it throws %s at %s".formatted(e, where.subList(0, Math.min(6, where.size()))));
      return false;
    }
  }

  /** What ends at the last moment must still be read by all. */
  private boolean isTimeLeft(Duration most) {
    return timeline.elapsed().compareTo(most) < 0
        || (timeline.elapsed().compareTo(most.plus(READING)) < 0
            && Phases.isOver(monitor.observers().getFirst().state()));
  }

  private boolean isDone() {
    return owners.values().stream()
        .filter(owner -> scenario.isHonest(owner.seat().member()))
        .allMatch(owner -> owner.last().isPresent() || owner.isGone());
  }

  /** In so much time after the storm everything must be over. */
  private Duration bound() {
    Rules rules = scenario.charter().rules();
    int tasks = scenario.charter().training().rounds() + 2;
    int spoiled = 6 + 8 * scenario.adversaries().size();
    Duration slot =
        rules
            .deadlines()
            .round()
            .multipliedBy(3)
            .plus(rules.secrecy().map(Secrecy::step).orElse(Duration.ZERO).multipliedBy(8));
    return rules.deadlines().enrolment().plus(slot.multipliedBy((long) tasks + spoiled));
  }

  // ---- what is heard ----------------------------------------------------------------------------

  @Override
  public void finalised(Branch branch, Entry entry) {
    monitor.finalised(branch, entry);
  }

  /** Where nobody but the node had its hands on the folder, what is behind its words is there. */
  private void said(MemberId member, SignedStatement statement) {
    Optional<Statement> said = monitor.said(member, statement);
    if (said.isPresent() && !owner(member).isTouched() && monitor.observers().size() == 1) {
      Backing.missing(said.get(), monitor.observers().getFirst().state(), seat(member)::vaultOnDisk)
          .ifPresent(what -> monitor.violated(member, what));
    }
  }

  @Override
  public void readable(MemberId member) {
    seat(member).wake(Duration.ofMillis(1));
  }

  @Override
  public void told(Seat seat, NodeEvent event) {
    boolean honest = scenario.isHonest(seat.member());
    switch (event) {
      case NodeEvent.Judged judged when honest ->
          monitor.judged(
              seat.member(), seat.parts().link().branch(), judged.entry(), judged.outcome());
      case NodeEvent.Trouble trouble -> {
        trace.note(seat, "! " + trouble.sentence());
        owner(seat.member()).hearTrouble(trouble.sentence());
      }
      case NodeEvent.CaughtUp caughtUp -> trace.note(seat, "has caught up");
      case NodeEvent.Resting resting -> trace.note(seat, "rests until " + resting.until());
      case NodeEvent.Abandoned abandoned -> trace.note(seat, "gives up " + abandoned.slot());
      default -> {}
    }
  }

  @Override
  public void ended(Seat seat, Ending ending) {
    if (scenario.isHonest(seat.member())) {
      owner(seat.member()).ended(ending);
    } else {
      trace.note(seat, "ends, an adversary");
    }
  }

  @Override
  public void crashed(Seat seat) {
    owner(seat.member()).crashed();
  }

  @Override
  public void broke(Seat seat, String what) {
    if (scenario.isHonest(seat.member())) {
      monitor.violated(seat, what);
    }
  }
}
