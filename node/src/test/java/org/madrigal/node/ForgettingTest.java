package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Secret;
import org.madrigal.core.crypto.Shamir;
import org.madrigal.core.crypto.Share;
import org.madrigal.core.member.Inventory.Kind;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.EpochId;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Release;
import org.madrigal.core.protocol.SlotNumber;
import org.madrigal.core.protocol.Statement.Unmasking;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Training;
import org.madrigal.core.secagg.ShareOpening;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.Federation;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.SlotPlan;
import org.madrigal.core.state.State;
import org.madrigal.node.disk.MemoryDisk.Failure;
import org.madrigal.node.journal.SigningJournal;
import org.madrigal.node.journal.Slot;

/**
 * Plays the thief who takes a member's files and its memory after a slot, knows its signing key and
 * the epoch keys, and reads the ledger: what he holds opens no masked update of a slot that is
 * over.
 */
class ForgettingTest {

  private static final int ROUNDS = 8;

  /** Two epochs, and the member that drops out does so in the last slot of the first. */
  private static final Charter MASKED =
      Charters.secret(
          Privacy.MASKED, 4, new Training(ROUNDS, new Strategy.FedAvgM(1, 0.5), 1), 20, 5);

  /** Two epochs, two slots each. */
  private static final Charter SHORT =
      Charters.secret(Privacy.MASKED, 4, new Training(4, new Strategy.FedAvgM(1, 0.5), 1), 20, 2);

  @TempDir private Path folder;

  private final TestFederation federation = TestFederation.workedExample(MASKED);
  private final List<SecretRecord> records =
      federation.seats.stream().map(SecretRecord::new).toList();
  private int foundAlive;

  @Test
  void thiefOpensNothingOfSlotsThatAreOver() throws IOException {
    federation.startAll();
    for (int round = 2; round <= ROUNDS + 1; round++) {
      if (round == 5) {
        dropOutWhileOthersMask();
      }
      int next = round;
      federation.turnUntil(() -> isOver(next));
      steal();
    }
    assertThat(federation.events(Event.EpochBegan.class)).hasSizeGreaterThan(1);
    assertThat(federation.events(Event.SlotOpened.class))
        .anySatisfy(opened -> assertThat(opened.absent()).contains(Charters.id(3)));
    assertThat(foundAlive).isGreaterThan(100);
  }

  /** Whether the round before {@code next} is over, and all nodes that run know what is. */
  private boolean isOver(int next) {
    Moment present = Moment.of(federation.replay());
    return present.round() >= next
        && federation.seats.stream()
            .filter(Seat::isRunning)
            .allMatch(seat -> Moment.of(seat.node().state()).equals(present));
  }

  /**
   * How far a federation is.
   *
   * @param agreed the last epoch whose keys are agreed
   */
  private record Moment(int round, int slot, int agreed) {

    static Moment of(State state) {
      Optional<Phase> phase = state.federation().map(Federation::phase);
      if (phase.isPresent() && phase.get() instanceof Phase.Confidential now) {
        return new Moment(
            now.round().value(),
            now.slot().value(),
            now.epoch().id().value() - (now.epoch().roster().isPresent() ? 0 : 1));
      }
      boolean closed = phase.isPresent() && phase.get() instanceof Phase.Closed;
      return new Moment(closed ? Integer.MAX_VALUE : 0, 0, 0);
    }
  }

  private void dropOutWhileOthersMask() {
    int begun = federation.events(Event.MaskingBegan.class).size();
    federation.turnUntil(() -> federation.events(Event.MaskingBegan.class).size() > begun);
    federation.seat(3).crash();
    federation.turnUntil(() -> federation.inRound(6));
    federation.seat(3).start();
  }

  private void steal() throws IOException {
    Path heap = HeapDump.write(folder.resolve("heap.hprof"));
    Map<Blinded, String> over = new LinkedHashMap<>(derived());
    SlotNumber last = federation.events(Event.SlotOpened.class).getLast().slot();
    int agreed = federation.events(Event.KeysAgreed.class).getLast().roster().epoch().value();
    for (int place = 0; place < 4; place++) {
      MemberId member = Charters.id(place);
      records
          .get(place)
          .where(entry -> entry.isOver(agreed, last.value()))
          .forEach((secret, entry) -> over.put(secret, member + " " + entry));
    }
    over.keySet().removeAll(released());
    assertInNoFile(over);
    assertNotAlive(over, heap);
    Files.delete(heap);
  }

  private void assertInNoFile(Map<Blinded, String> over) {
    for (Seat seat : federation.seats) {
      assertThat(SecretRecord.read(seat, seat.disk).keySet())
          .as("secrets")
          .doesNotContainAnyElementsOf(over.keySet());
      for (String name : seat.disk.names()) {
        byte[] content = seat.disk.read(name).orElseThrow().toByteArray();
        assertThat(Hoard.find(over.keySet(), content)).as(name).isEmpty();
      }
    }
  }

  private void assertNotAlive(Map<Blinded, String> over, Path heap) throws IOException {
    Set<Blinded> alive = new HashSet<>();
    federation.seats.stream()
        .filter(Seat::isRunning)
        .forEach(seat -> alive.addAll(SecretRecord.read(seat, seat.disk).keySet()));
    foundAlive += alive.size();
    Set<Blinded> closed = new HashSet<>(over.keySet());
    closed.removeAll(opened());
    Set<Blinded> wanted = new HashSet<>(closed);
    wanted.addAll(alive);
    Set<Blinded> found = Hoard.findAlive(wanted, heap);
    assertThat(found).as("what is alive is found").containsAll(alive);
    found.retainAll(closed);
    assertThat(found).extracting(over::get).as("in memory").isEmpty();
  }

  /** The self seeds that the ledger has opened. In files they are not, for all that. */
  private Set<Blinded> opened() {
    Set<Blinded> opened = new HashSet<>();
    for (Event.SlotOpened slot : federation.events(Event.SlotOpened.class)) {
      for (MemberId survivor : slot.contributors()) {
        opened.addAll(
            records.get(MASKED.placeOf(survivor)).all(Kind.SELF_SEED, slot.slot().value(), ""));
      }
    }
    return opened;
  }

  /** The shares on the ledger, which are no secrets any more. */
  private Set<Blinded> released() {
    Set<Blinded> released = new HashSet<>();
    for (int place = 0; place < 4; place++) {
      for (Unmasking sheet : federation.statements(Charters.id(place), Unmasking.class)) {
        for (Release release : sheet.releases()) {
          if (release instanceof Release.OfShare(Bytes share)) {
            released.add(Blinded.of(Secret.copyOf(share.toByteArray())));
          }
        }
      }
    }
    return released;
  }

  /** What follows from the secrets of ended slots and the ledger, but is not public. */
  private Map<Blinded, String> derived() {
    Map<Blinded, String> derived = new LinkedHashMap<>();
    Map<Integer, Event.SlotOpened> ends = new LinkedHashMap<>();
    federation
        .events(Event.SlotOpened.class)
        .forEach(event -> ends.put(event.slot().value(), event));
    for (Event.MaskingBegan began : federation.events(Event.MaskingBegan.class)) {
      Event.SlotOpened end = ends.get(began.plan().slot().value());
      if (end != null) {
        for (MemberId dealer : began.plan().committed()) {
          derive(began.plan(), dealer, end.contributors().contains(dealer), derived);
        }
      }
    }
    return derived;
  }

  private void derive(
      SlotPlan plan, MemberId dealer, boolean survived, Map<Blinded, String> derived) {
    List<Share> closed = new ArrayList<>();
    for (MemberId recipient : plan.edges(dealer)) {
      SecretRecord record = records.get(MASKED.placeOf(recipient));
      for (Blinded key : record.all(Kind.BACK, plan.slot().value(), dealer.value())) {
        if (plan.dealing(dealer).open(plan.roster().indexOf(recipient), key.plain())
            instanceof ShareOpening.Opened(Share selfSeed, Share recoveryKey)) {
          closed.add(survived ? recoveryKey : selfSeed);
        }
      }
    }
    String what = "%s of %s in slot %s".formatted(survived ? "R_u" : "b_u", dealer, plan.slot());
    for (Share share : closed) {
      derived.put(Blinded.of(share.value()), "share %d of %s".formatted(share.index(), what));
    }
    int threshold = MASKED.rules().secrecy().orElseThrow().threshold();
    assertThat(closed).hasSizeGreaterThanOrEqualTo(threshold);
    derived.put(Blinded.of(Shamir.combine(closed.subList(0, threshold))), what);
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void crashDuringAnErasureLeavesNothingBehind(Failure failure) {
    TestFederation calm = TestFederation.workedExample(SHORT).startAll();
    calm.turnToTheEnd();
    long writes = calm.seat(0).disk.writes();
    for (long write = 3; write <= writes; write++) {
      TestFederation crashing = TestFederation.workedExample(SHORT);
      Seat seat = crashing.seat(0);
      seat.disk = seat.disk.copy().failingAt(write, failure);
      crashing.startAll();
      String when = "write " + write;
      AtomicLong checked = new AtomicLong();
      crashing.turnUntil(() -> {
        restart(seat);
        if (checked.getAndSet(seat.disk.writes()) != seat.disk.writes()) {
          assertNothingOld(seat, when);
        }
        return crashing.seats.stream().noneMatch(Seat::isRunning);
      });
      assertThat(SecretRecord.read(seat, seat.disk)).as(when).isEmpty();
    }
  }

  private static void restart(Seat seat) {
    boolean failed = seat.ending.filter(ending -> ending instanceof Ending.Failed).isPresent();
    if (failed) {
      seat.disk = seat.disk.copy();
    }
    if (!seat.isRunning() && (failed || seat.ending.isEmpty())) {
      seat.events.clear();
      seat.start();
    }
  }

  /** Of a node that acts, nothing is on the disk that it does not need any more. */
  private static void assertNothingOld(Seat seat, String when) {
    if (!seat.isRunning() || seat.events.stream().noneMatch(NodeEvent.CaughtUp.class::isInstance)) {
      return;
    }
    Moment now = Moment.of(seat.node().state());
    SigningJournal journal = journal(seat);
    assertThat(SecretRecord.read(seat, seat.disk).values())
        .as(when)
        .noneMatch(entry -> entry.isOver(now.agreed(), now.slot() - 1) || isUsed(journal, entry));
  }

  private static SigningJournal journal(Seat seat) {
    return SigningJournal.open(
        seat.disk.copy(),
        MemberFolder.JOURNAL,
        seat.identity.federation(),
        seat.identity.key().verifyingKey());
  }

  /** Whether the statement that needs the secret is said. */
  private static boolean isUsed(SigningJournal journal, SecretRecord.Entry entry) {
    return switch (entry.kind()) {
      case OUT ->
          journal
              .find(Slot.commitment(new EpochId(entry.epoch()), new SlotNumber(entry.slot())))
              .isPresent();
      case SELF_SEED -> journal.find(Slot.maskedUpdate(new SlotNumber(entry.slot()))).isPresent();
      case BACK, OWN_SHARE ->
          journal.find(Slot.unmasking(new SlotNumber(entry.slot()))).isPresent();
      case PRIVATE_KEY, PAIR, BOXES, CHAIN, MASK_SEED -> false;
    };
  }
}
