package org.madrigal.simulation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.SignedStatement;

/**
 * The ledger of a federation: takes statements late, twice, and in another order, takes back blocks
 * that are not final, keeps a member out for a while, and shows two histories where it is told to
 * break its promise. Each member has a {@link Link} of its own to it.
 */
final class SimulatedLedger {

  /** Hears what becomes of statements. */
  interface Watcher {

    /** An entry became final. */
    void finalised(Branch branch, Entry entry);

    /** A member can read more than before. */
    void readable(MemberId member);
  }

  private final Timeline timeline;
  private final InstantSource clock;
  private final Chance chance;
  private final LedgerHabits habits;
  private final Watcher watcher;
  private final Counts counts;
  private final List<Branch> branches = new ArrayList<>(List.of(new Branch(0)));
  private final SortedMap<MemberId, Link> links = new TreeMap<>();

  /** An empty ledger whose time is {@code clock}'s. */
  SimulatedLedger(
      Timeline timeline,
      InstantSource clock,
      Chance chance,
      LedgerHabits habits,
      Counts counts,
      Watcher watcher) {
    this.timeline = timeline;
    this.clock = clock;
    this.chance = chance;
    this.habits = habits;
    this.counts = counts;
    this.watcher = watcher;
  }

  /** The way of {@code member} to the ledger, and back. */
  Link link(MemberId member) {
    return links.computeIfAbsent(
        member, any -> new Link(member, this, branches.getFirst(), habits, chance.fork(member)));
  }

  /** The histories; one unless the ledger forked. */
  List<Branch> branches() {
    return branches;
  }

  /**
   * Breaks the ledger's promise: from the final entries on there are two histories, and {@code
   * others} are shown the second one.
   */
  void fork(SortedSet<MemberId> others) {
    Branch second = branches.getFirst().fork(branches.size());
    branches.add(second);
    others.forEach(member -> link(member).show(second));
    counts.count("fork");
  }

  /** Whatever waits in one history also comes to the others, as an orderer may choose. */
  void leak(SignedStatement statement, Optional<Attachment> attachment) {
    for (Branch branch : branches) {
      arrive(branch, statement, attachment);
    }
  }

  /** A statement is on its way to {@code branch}. */
  void send(Branch branch, SignedStatement statement, Optional<Attachment> attachment) {
    timeline.after(delay(), () -> arrive(branch, statement, attachment));
    if (chance.once(habits.duplicated())) {
      counts.count("duplicate");
      timeline.after(
          delay().plus(chance.between(Duration.ZERO, Duration.ofSeconds(5))),
          () -> arrive(branch, statement, attachment));
    }
  }

  private Duration delay() {
    return chance.between(Duration.ZERO, habits.slowest());
  }

  private void arrive(Branch branch, SignedStatement statement, Optional<Attachment> attachment) {
    branch.take(statement, attachment);
    planSeal(branch);
  }

  private void planSeal(Branch branch) {
    if (branch.isUnsettled() && !branch.planSeal()) {
      timeline.after(habits.block(), () -> seal(branch));
    }
  }

  private void seal(Branch branch) {
    if (chance.once(habits.reorganised()) && branch.takeBack(chance) > 0) {
      counts.count("re-org");
    }
    List<Entry> done =
        branch.seal(clock.millis(), habits.finality(), chance, habits.reorganised() > 0);
    for (Entry entry : done) {
      watcher.finalised(branch, entry);
    }
    if (!done.isEmpty()) {
      show(branch, branch.entries().size());
    }
    planSeal(branch);
  }

  private void show(Branch branch, int size) {
    for (Link link : links.values()) {
      if (link.branch() == branch) {
        timeline.after(
            delay(),
            () -> {
              if (link.branch() == branch && link.reach(size)) {
                watcher.readable(link.member());
              }
            });
      }
    }
  }
}
