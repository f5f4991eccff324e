package org.madrigal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.FederationId;
import org.madrigal.core.protocol.Head;
import org.madrigal.core.protocol.Initial;
import org.madrigal.core.protocol.LedgerTime;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Payload;
import org.madrigal.core.protocol.Position;
import org.madrigal.core.protocol.SignedStatement;
import org.madrigal.core.protocol.Statement.InitialModel;
import org.madrigal.core.protocol.Statement.Nudge;
import org.madrigal.core.protocol.Statement.Vote;
import org.madrigal.core.protocol.StatementCodec;
import org.madrigal.node.disk.FolderDisk;
import org.madrigal.node.disk.MemoryDisk.Failure;
import org.madrigal.node.disk.NodeException;
import org.madrigal.node.disk.NodeException.Kind;

/** What owners and administrators meet: forks, votes, policies, approvals. */
class OperationTest {

  private static final Charter CHARTER = Charters.plain(4, 2);

  private final TestFederation federation = TestFederation.workedExample(CHARTER);

  private SignedStatement foreign(int place) {
    Head elsewhere = new Head(new Position(2), Digest.of(new byte[] {1}));
    Payload payload = new Payload(CHARTER.id(), elsewhere, new Nudge(new LedgerTime(1)));
    return StatementCodec.sign(Charters.id(place), payload, Charters.key(place));
  }

  @Test
  void stopsAtAForkAndSaysWhoSawIt() {
    federation.startAll().turnUntil(() -> federation.inRound(1));
    int entries = federation.entries().size();
    federation.seat(3).crash();
    federation.ledger.append(foreign(3), Optional.empty());
    federation.turnToTheEnd();
    Ending.Forked forked = (Ending.Forked) federation.seat(0).ending.orElseThrow();
    assertThat(forked.author()).contains(Charters.id(3));
    assertThat(forked.position()).isPresent();
    assertThat(forked.position().orElseThrow().value()).isGreaterThanOrEqualTo(entries);
    assertThat(forked.sentence()).contains("compare heads").contains("--past-fork");
  }

  @Test
  void goesPastAForkThatWasLookedInto() {
    federation.startAll().turnUntil(() -> federation.inRound(1));
    federation.seat(3).crash();
    federation.ledger.append(foreign(3), Optional.empty());
    federation.turnToTheEnd();
    Position fork =
        ((Ending.Forked) federation.seat(0).ending.orElseThrow()).position().orElseThrow();
    federation.seats.forEach(seat -> {
      if (seat.member.equals(Charters.id(3))) {
        return;
      }
      seat.options = seat.options.withPastForks(Set.of(fork));
      seat.start();
    });
    federation.turnToTheEnd();
    assertThat(federation.seat(0).ending).containsInstanceOf(Ending.Finished.class);
  }

  @Test
  void excludesAMemberByTheOwnersVotes() {
    TestFederation longer = TestFederation.workedExample(Charters.plain(4, 30));
    longer.startAll().turnUntil(() -> longer.inRound(1));
    MemberId target = Charters.id(3);
    for (int place = 0; place < 2; place++) {
      VoteRequests.ask(longer.seat(place).disk, target, "sends\nnonsense");
    }
    Seat asleep = longer.seat(2);
    asleep.crash();
    VoteRequests.ask(asleep.disk, target, "sends nonsense");
    asleep.start();
    longer.turnToTheEnd();
    assertThat(longer.seat(3).ending).containsInstanceOf(Ending.Excluded.class);
    assertThat(longer.seat(0).ending).containsInstanceOf(Ending.Finished.class);
    assertThat(longer.statements(Charters.id(0), Vote.class))
        .containsExactly(new Vote(target, "sends nonsense"));
    assertThat(asleep.disk.list("requests")).isEmpty();
    assertThat(text(asleep, "requests/done/vote-dee.txt"))
        .isEqualTo("dee\nsends nonsense\ndone: signed, and sent until it is on the ledger\n");
  }

  private static String text(Seat seat, String name) {
    return new String(seat.disk.read(name).orElseThrow().toByteArray(), StandardCharsets.UTF_8);
  }

  @Test
  void refusesRequestsThatMakeNoSense() {
    Seat seat = federation.seat(0);
    VoteRequests.ask(seat.disk, new MemberId("nobody"), "");
    VoteRequests.ask(seat.disk, seat.member, "");
    seat.disk.create("requests/z.txt", Bytes.copyOf("?!\n".getBytes(StandardCharsets.UTF_8)));
    federation.startAll().turnUntil(() -> federation.inRound(2));
    assertThat(text(seat, "requests/done/vote-nobody.txt"))
        .contains("refused: the charter does not name 'nobody'");
    assertThat(text(seat, "requests/done/vote-ada.txt"))
        .contains("refused: a member cannot vote against itself");
    assertThat(text(seat, "requests/done/z.txt")).contains("refused: this is no request");
    assertThat(federation.statements(seat.member, Vote.class)).isEmpty();
  }

  @Test
  void refusesASecondRequestWhileOneWaits() {
    Seat seat = federation.seat(0);
    VoteRequests.ask(seat.disk, Charters.id(1), "late");
    assertThatThrownBy(() -> VoteRequests.ask(seat.disk, Charters.id(1), "later"))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("Refusing to write over");
  }

  @Test
  void neverEnrolsWithoutItsOwner() {
    Seat seat =
        new Seat(CHARTER, 0, federation.ledger, federation.clock, TestFederation.fixed(CHARTER, 0));
    assertThatThrownBy(seat::start)
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("The owner has not approved the charter 'Test federation'");
    seat.options = seat.options.rejoining();
    seat.start();
    federation.seats.set(0, seat);
    federation.seat(1).start();
    federation.turnUntil(() -> seat.ending.isPresent());
    assertThat(((Ending.Failed) seat.ending.orElseThrow()).cause().kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void refusesAnApprovalForAnotherLedger() {
    Seat seat = federation.seat(0);
    try (MemberFolder folder = MemberFolder.open(seat.disk)) {
      assertThatThrownBy(() -> Approvals.approve(folder, seat.identity, "other", Policy.PERMISSIVE))
          .isInstanceOf(NodeException.class)
          .hasMessage(
              "Refusing to approve the charter for the ledger 'other': Refusing to sign Enrolment: a different one was signed at journal record 1");
    }
  }

  @Test
  void keepsToTheOwnersPolicy() {
    Seat seat = federation.seat(0);
    seat.options =
        seat.options.with(
            new Policy(
                Set.of(new FederationId(Digest.of(new byte[0]))),
                Set.of(),
                Set.of(),
                Set.of(),
                1,
                2,
                WorkingHours.ALWAYS));
    assertThatThrownBy(seat::start)
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("is not among the accepted ones; and it has 2 rounds; at most 1 are")
        .hasMessageContaining("; and its model has 3 parameters; at most 2 are accepted");
    seat.options = seat.options.with(allowing(Set.of("djl"), Set.of()));
    assertThatThrownBy(seat::start)
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("refuses the trainer: it is {trainer=fake}; accepted are [djl]");
    seat.options = seat.options.with(allowing(Set.of("fake"), Set.of(Digest.of(new byte[0]))));
    assertThatThrownBy(seat::start)
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("its data has the digest");
  }

  private static Policy allowing(Set<String> trainers, Set<Digest> data) {
    return new Policy(
        Set.of(),
        trainers,
        data,
        Set.of(),
        Integer.MAX_VALUE,
        Integer.MAX_VALUE,
        WorkingHours.ALWAYS);
  }

  @Test
  void refusesATrainerOfAnotherModel() {
    Seat seat = federation.seat(0);
    Charter wider = Charters.of(4, CHARTER.training(), CHARTER.rules(), Charters.linear(5));
    seat.trainer =
        new ScriptedTrainer(wider.layout(), (call, task, global) -> Parameters.of(1, 2, 3, 4, 5));
    assertThatThrownBy(seat::start)
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("use the trainer that fits the charter");
  }

  @Test
  void refusesAKeyThatTheCharterDoesNotName() {
    assertThatThrownBy(() -> new Identity(Charters.id(0), Charters.key(1), CHARTER))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("but this folder holds");
    assertThatThrownBy(() -> new Identity(new MemberId("zoe"), Charters.key(1), CHARTER))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("does not name the member 'zoe'; it names [ada, bob, cyd, dee]");
  }

  @Test
  void runsOncePerFolder(@TempDir Path folder) {
    try (MemberFolder first = MemberFolder.open(folder)) {
      assertThat(first.disk()).isInstanceOf(FolderDisk.class);
      assertThatThrownBy(() -> MemberFolder.open(folder))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("Another process uses the member folder")
          .hasMessageContaining("stop it first");
    }
    MemberFolder.open(folder).close();
  }

  @Test
  void saysThatTheDiskIsFullAndGoesOnWithRoom() {
    Seat seat = federation.seat(0);
    seat.disk = seat.disk.copy().failingAt(1, Failure.FULL);
    federation.startAll().turnUntil(() -> seat.ending.isPresent());
    NodeException cause = ((Ending.Failed) seat.ending.orElseThrow()).cause();
    assertThat(cause.kind()).isEqualTo(Kind.DISK);
    assertThat(cause).hasMessageContaining("No space left");
    seat.start();
    federation.turnToTheEnd();
    assertThat(seat.ending).containsInstanceOf(Ending.Finished.class);
  }

  @Test
  void bringsAPinnedModelWhereItHoldsIt() {
    Parameters pinned = Parameters.of(4, 5, 6);
    Charter charter =
        new Charter(
            CHARTER.name(),
            CHARTER.salt(),
            CHARTER.roster(),
            CHARTER.recipe(),
            new Initial.Pinned(pinned.digest()),
            CHARTER.training(),
            CHARTER.rules());
    TestFederation pinnedFederation = TestFederation.workedExample(charter);
    Seat holder = pinnedFederation.seat(2);
    holder.options = holder.options.withInitialModel(pinned);
    pinnedFederation.startAll().turnToTheEnd();
    assertThat(pinnedFederation.statements(holder.member, InitialModel.class)).hasSize(1);
  }

  @Test
  void stopsWhenAsked() {
    federation.startAll().turnUntil(() -> federation.inRound(1));
    Seat seat = federation.seat(0);
    seat.node().stop();
    seat.turn();
    assertThat(seat.ending).containsInstanceOf(Ending.Stopped.class);
    seat.start();
    federation.turnToTheEnd();
    assertThat(seat.ending).containsInstanceOf(Ending.Finished.class);
  }

  @Test
  void staysWhereItIsToldTo() {
    Seat seat = federation.seat(0);
    seat.options = seat.options.staying();
    federation.startAll();
    federation.turnUntil(() -> federation.seats.stream().filter(Seat::isRunning).count() == 1);
    federation.turnFor(Duration.ofMinutes(5));
    assertThat(seat.isRunning()).isTrue();
  }

  @Test
  void neverTellsItsSecret() {
    federation.startAll().turnToTheEnd();
    for (int place = 0; place < 4; place++) {
      Seat seat = federation.seat(place);
      byte[] seed = Charters.key(place).seed();
      List<String> forms =
          List.of(
              HexFormat.of().formatHex(seed),
              Base64.getEncoder().encodeToString(seed),
              Arrays.toString(seed));
      String told = seat.events + " " + seat.identity + " " + seat.options + " " + seat.ending;
      String kept =
          seat.disk.names().stream()
              .map(name -> seat.disk.read(name).orElseThrow().hex())
              .reduce("", String::concat);
      assertThat(told).doesNotContain(forms);
      assertThat(kept).doesNotContain(forms.getFirst());
    }
  }
}
