package org.madrigal.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.madrigal.core.crypto.Bytes;
import org.madrigal.core.crypto.Digest;
import org.madrigal.core.model.Parameters;
import org.madrigal.core.protocol.Attachment;
import org.madrigal.core.protocol.Charter;
import org.madrigal.core.protocol.Charters;
import org.madrigal.core.protocol.Entry;
import org.madrigal.core.protocol.MemberId;
import org.madrigal.core.protocol.Privacy;
import org.madrigal.core.protocol.Release;
import org.madrigal.core.protocol.Statement;
import org.madrigal.core.protocol.Statement.Commitment;
import org.madrigal.core.protocol.Statement.Complaint;
import org.madrigal.core.protocol.Statement.KeyDeal;
import org.madrigal.core.protocol.Statement.KeySeal;
import org.madrigal.core.protocol.Statement.MaskedUpdate;
import org.madrigal.core.protocol.Statement.SealedUpdate;
import org.madrigal.core.protocol.Statement.Unmasking;
import org.madrigal.core.protocol.Strategy;
import org.madrigal.core.protocol.Strip;
import org.madrigal.core.protocol.Training;
import org.madrigal.core.state.EpochKeys;
import org.madrigal.core.state.Event;
import org.madrigal.core.state.GlobalModel;
import org.madrigal.core.state.Outcome;
import org.madrigal.core.state.Phase;
import org.madrigal.core.state.Replay;
import org.madrigal.core.state.State;

/**
 * Federations in which members fall silent and come back by chance, and as many as the charter
 * allows for lie in whatever they say. A failure names its seed.
 */
final class RandomSchedulesTest {

  private static final int SEEDS = 150;
  private static final int ROUNDS = 2;
  private static final int TURNS = 150;

  @Test
  void honestMembersAgreeAndAreNeverConvicted() {
    IntStream.range(0, SEEDS)
        .parallel()
        .forEach(seed -> {
          try {
            new Run(seed).play();
          } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("It fails with seed " + seed, e);
          }
        });
  }

  /** One federation. */
  private static final class Run {
    private final Random random;
    private final Charter charter;
    private final List<MemberId> members = new ArrayList<>();
    private final Set<MemberId> liars = new HashSet<>();
    private final Circle circle;

    Run(int seed) {
      random = new Random(seed);
      int size = seed % 20 == 0 ? 7 : 3 + random.nextInt(3);
      Privacy privacy = random.nextInt(4) == 0 ? Privacy.MEMBERS : Privacy.MASKED;
      charter =
          Charters.secret(
              privacy,
              size,
              new Training(ROUNDS, new Strategy.FedAvg(), 1),
              20,
              1 + random.nextInt(3));
      charter.roster().forEach(member -> members.add(member.id()));
      int colluders = charter.rules().secrecy().orElseThrow().colluders();
      while (liars.size() < random.nextInt(colluders + 1)) {
        liars.add(members.get(random.nextInt(size)));
      }
      circle = new Circle(charter, seed).tamper(this::tampered).inputs(this::update);
    }

    void play() {
      Set<MemberId> asleep = new HashSet<>();
      for (int turn = 0; turn < TURNS && !isOver(); turn++) {
        MemberId member = members.get(random.nextInt(members.size()));
        if (random.nextInt(12) == 0) {
          if (asleep.add(member)) {
            circle.silence(member);
          }
        } else if (random.nextInt(3) == 0) {
          asleep.remove(member);
          circle.wake(member);
        }
        boolean said = !asleep.contains(member) && circle.turn(member);
        if (!said && !circle.entries().isEmpty() && random.nextInt(8) == 0) {
          if (asleep.size() < members.size()) {
            circle.pass();
          }
        }
      }
      members.forEach(circle::wake);
      for (int turn = 0; turn < (liars.isEmpty() ? 4 : 1) * TURNS && !isOver(); turn++) {
        if (!circle.turn()) {
          circle.pass();
        }
      }
      check();
    }

    private boolean isOver() {
      return circle.stranger().federation().isPresent()
          && !(circle.phase() instanceof Phase.Enrolling)
          && !(circle.phase() instanceof Phase.AwaitingModel)
          && !(circle.phase() instanceof Phase.Confidential);
    }

    private void check() {
      assertThat(circle.events(Event.MemberConvicted.class))
          .allMatch(convicted -> liars.contains(convicted.member()));
      if (liars.isEmpty()) {
        assertThat(circle.phase())
            .as("honest members come to an end")
            .isInstanceOf(Phase.Closed.class);
        assertThat(circle.events(Event.SlotOpened.class)).hasSize(ROUNDS);
      }
      State again = State.initial(charter.id());
      for (Entry entry : circle.entries()) {
        again = Replay.apply(again, entry).state();
      }
      assertThat(again.history().head()).isEqualTo(circle.stranger().history().head());
      assertThat(again.federation().orElseThrow().membership())
          .isEqualTo(circle.stranger().federation().orElseThrow().membership());
      Set<Digest> models = new HashSet<>();
      for (MemberId member : members) {
        if (circle.phase() instanceof Phase.Closed) {
          circle.model(member).map(GlobalModel::digest).ifPresent(models::add);
        }
      }
      assertThat(models).hasSizeLessThanOrEqualTo(1);
      members.stream()
          .filter(member -> !liars.contains(member))
          .map(circle::keys)
          .distinct()
          .forEach(this::checkSums);
    }

    /** Each model is the one before and the mean of what its contributors had learned. */
    private void checkSums(EpochKeys keys) {
      float before = 0;
      List<Event> events = new ArrayList<>();
      State state = State.initial(charter.id());
      for (Entry entry : circle.entries()) {
        Outcome outcome = Replay.apply(state, entry, keys);
        state = outcome.state();
        events.addAll(outcome.events());
      }
      for (Event event : events) {
        if (event instanceof Event.RoundClosed closed) {
          if (closed.contributors().stream().anyMatch(liars::contains)) {
            return;
          }
          float sum = 0;
          for (MemberId contributor : closed.contributors()) {
            sum += update(contributor, closed.model().round().value()).at(0);
          }
          float mean = sum / closed.contributors().size();
          assertThat(closed.model().parameters().at(0))
              .isCloseTo(before + mean, org.assertj.core.data.Offset.offset(1e-4f));
          before = closed.model().parameters().at(0);
        }
      }
    }

    private Parameters update(MemberId member, int round) {
      int place = charter.placeOf(member);
      return Parameters.of(place / 16f + round / 8f, -place / 8f, round / 32f);
    }

    private Said tampered(Said said) {
      if (!liars.contains(said.author()) || random.nextInt(3) > 0) {
        return said;
      }
      return switch (said.statement()) {
        case KeySeal s -> said.with(new KeySeal(s.epoch(), s.offers(), flipped(s.ciphertexts())));
        case KeyDeal s ->
            said.with(new KeyDeal(s.epoch(), s.attempt(), s.key(), flipped(s.boxes()), s.past()));
        case Commitment s -> said.with(flipped(s));
        case MaskedUpdate s -> {
          Attachment noise = noise(said);
          yield Said.of(
              said.author(),
              new MaskedUpdate(s.slot(), s.round(), s.commitments(), s.model(), noise.ref()),
              noise);
        }
        case SealedUpdate s -> {
          Attachment noise = noise(said);
          yield Said.of(
              said.author(), new SealedUpdate(s.round(), s.key(), s.model(), noise.ref()), noise);
        }
        case Unmasking s -> said.with(flipped(s));
        case Statement other -> complaint(said);
      };
    }

    private Said complaint(Said said) {
      return circle.stranger().federation().isPresent()
              && circle.phase() instanceof Phase.Confidential phase
              && phase.epoch().key().isPresent()
          ? said.with(new Complaint(phase.epoch().id(), phase.epoch().key().get()))
          : said;
    }

    private Attachment noise(Said said) {
      byte[] bytes = said.attachment().orElseThrow().content().toByteArray();
      random.nextBytes(bytes);
      return Attachment.of(Bytes.takeOver(bytes));
    }

    private Commitment flipped(Commitment s) {
      int which = random.nextInt(6);
      return new Commitment(
          s.epoch(),
          s.slot(),
          which == 0 ? Digest.of(new byte[1]) : s.self(),
          which == 1 ? Digest.of(new byte[2]) : s.recovery(),
          which == 2 ? flipped(s.capsule()) : s.capsule(),
          which == 3 ? flipped(s.hashes()) : s.hashes(),
          which == 4 ? flipped(s.boxes()) : s.boxes(),
          which == 5 ? flipped(s.marks()) : s.marks());
    }

    private Unmasking flipped(Unmasking s) {
      List<Release> releases = new ArrayList<>(s.releases());
      Bytes invented = Bytes.takeOver(new byte[Release.LENGTH]);
      releases.set(
          random.nextInt(releases.size()),
          switch (random.nextInt(3)) {
            case 0 -> new Release.Nothing();
            case 1 -> new Release.OfShare(invented);
            default -> new Release.Complaint(invented);
          });
      return new Unmasking(s.slot(), s.updates(), releases);
    }

    private Strip flipped(Strip strip) {
      return strip.size() == 0 ? strip : new Strip(flipped(strip.bytes()), strip.width());
    }

    private Bytes flipped(Bytes bytes) {
      return SharesTest.flipped(bytes, random.nextInt(bytes.length()));
    }
  }
}
